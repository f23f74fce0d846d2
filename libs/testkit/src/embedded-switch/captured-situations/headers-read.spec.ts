import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEADERS_READ } from './headers-read';

const OBSERVE = join(__dirname, '../../../../observe/src');

/** Read by the connector, and not compared. */
const NOT_COMPARED: Readonly<Record<string, string>> = {
  'Core-UUID': 'another one for each start',
  'Event-Date-Timestamp': 'when it happened',
  'Event-Name': 'is what a step is',
  'Event-Sequence': 'between legs, order is partly random',
  'Event-Subclass': 'is what a step is',
  'Unique-ID': 'is what tells legs apart',
  variable_record_ms: 'how long somebody talked',
};

/** The names of headers in the source of libs/observe. */
function headersRead(): string[] {
  const sources = readdirSync(OBSERVE)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(join(OBSERVE, name), 'utf8'));
  const found = sources.flatMap((text) => [
    ...text.matchAll(/'((?:[A-Z][A-Za-z]*(?:-[A-Za-z]+)+|variable_[\w-]+))'/g),
  ]);
  const variables = sources.flatMap((text) => [...text.matchAll(/\bvariable\(\s*\w+,\s*'([\w-]+)'/g)]);
  return [
    ...new Set([
      ...found.map(([, name = '']) => name),
      ...variables.map(([, name = '']) => `variable_${name}`),
    ]),
  ];
}

it('every header that the connector reads is compared with a real switch, or it is said why not', () => {
  const compared: readonly string[] = HEADERS_READ;
  const read = headersRead();
  expect(read).toEqual(expect.arrayContaining(['Hangup-Cause', 'variable_transfer_history']));
  expect(read.filter((name) => !compared.includes(name) && !(name in NOT_COMPARED))).toEqual([]);
});
