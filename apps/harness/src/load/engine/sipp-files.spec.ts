import { readFileSync } from 'node:fs';
import { DOMParser } from '@xmldom/xmldom';
import { planCalls } from '../plan/plan-calls';
import { readMix } from '../plan/mix';
import { WIDE_OFFICE } from '../plan/office';
import { callLine, readTroubles, readViews, scenarioFile, type SippScenario } from './sipp-files';

const SCENARIOS: readonly SippScenario[] = ['clients', 'employees', 'called', 'register'];

it.each(SCENARIOS)('the scenario %s is there, and every jump in it has its label', (name) => {
  const document = new DOMParser().parseFromString(readFileSync(scenarioFile(name), 'utf8'), 'text/xml');
  const all = [...document.getElementsByTagName('*')];
  const labels = all.filter(({ tagName }) => tagName === 'label').map((label) => label.getAttribute('id'));
  const jumps = all.flatMap((element) => element.getAttribute('next') ?? []);
  expect(labels).toEqual(expect.arrayContaining(jumps));
});

it('a line of sipp tells numbers, lengths and, for a phone of ours, who it is', () => {
  const [call] = planCalls({ cps: 1, seconds: 1, mix: readMix('outbound=1'), seed: 1 }, WIDE_OFFICE);
  const { client, from, talkMs } = call!;
  expect(callLine(call!, 's3cret')).toBe(
    `${client};${client};${from};0;${talkMs};[authentication username=${from} password=s3cret]`,
  );
});

it('reads back what callers saw, whatever else is in the log', () => {
  const views = readViews(
    [
      'placed 79100000001 1795860707.000000 500000.000000',
      'placed 79200000002 1795860707.000000 600000.000000',
      'rang 79100000001 1795860707.000000 970014.000000',
      'rang 79100000001 1795860708.000000 0.000000',
      'refused-486 79200000002 1795860708.000000 0.000000',
      'answered 79100000001 1795860709.000000 997782.000000',
      'ended 79100000001 1795860712.000000 0.000000',
      'placed 79300000003 1795860712.000000 0.000000',
      'something else 1 2 3',
    ].join('\n'),
  );
  expect([...views]).toEqual([
    [
      '79100000001',
      {
        placedAt: 1795860707500,
        rangAt: 1795860707970.014,
        answeredAt: 1795860709997.782,
        endedAt: 1795860712000,
      },
    ],
    ['79200000002', { placedAt: 1795860707600, refusedWith: 486, endedAt: 1795860708000 }],
    ['79300000003', { placedAt: 1795860712000 }],
  ]);
});

it('tells which call was given up, and for what', () => {
  const about = (code: string, client: string): string =>
    `2026-11-28 10:13:53 1795860833.4: Aborting call on unexpected message for Call-Id '1-2@127.0.0.1': while expecting '200' ` +
    `(index 15), received 'SIP/2.0 ${code}\r\nVia: SIP/2.0/UDP 127.0.0.1\r\nFrom: <sip:${client}@127.0.0.1>;tag=1\r\n\r\n'`;
  expect([
    ...readTroubles(
      `The following events occurred:\n${about('502 Bad', '79100000001')}${about('481 No', '79100000002')}`,
    ),
  ]).toEqual([
    ['79100000001', 'unexpected: SIP/2.0 502 Bad'],
    ['79100000002', 'unexpected: SIP/2.0 481 No'],
  ]);
});
