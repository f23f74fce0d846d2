import fc from 'fast-check';
import { MalformedEventError } from './errors';
import { indexJsonText } from './json-index';
import { lazyJsonEvent } from './lazy-json-event';
import { capturedBodies } from './testing/frames';

const header = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    'Event-Name',
    'Hangup-Cause',
    '_body',
    '__proto__',
    'a\\',
    'a"',
    '\\"a',
    'variable_имя',
    '/',
    '7',
  ),
);
/** Values that would mislead a reader who looks for `"key":` anywhere in the text. */
const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '"Hangup-Cause":"FAKE"',
    '{"a":',
    '\\',
    '\\\\"',
    '","Event-Name":"X',
    'x{',
    '[]',
    '\n\n',
    'Иван «Ёлкин» 漢',
    '',
  ),
);
const value = fc.oneof(nastyText, fc.array(nastyText, { maxLength: 3 }));
/** Pairs, not an object, so that keys may be doubled. */
const pairs = fc.array(fc.tuple(header, value), { maxLength: 12 });

function compact(headers: readonly (readonly [string, unknown])[]): string {
  const written = headers.map(([key, content]) => `${JSON.stringify(key)}:${JSON.stringify(content)}`);
  return `{"Event-Name":"CHANNEL_CREATE"${written.map((pair) => `,${pair}`).join('')}}`;
}

/** Every header of the event, and some it lacks, must read as in the parsed object. */
function expectSameAsParsed(text: string, alsoAsk: readonly string[]): void {
  const record = JSON.parse(text) as Record<string, string | string[]>;
  const event = lazyJsonEvent(text);
  expect(Object.entries(event.toRecord())).toEqual(Object.entries(record));
  const asked = [...Object.keys(record), ...alsoAsk];
  const wanted = asked.map((key) => [Object.hasOwn(record, key) ? record[key] : []].flat());
  expect(asked.map((key) => event.getAll(key))).toEqual(wanted);
  expect(asked.map((key) => event.get(key))).toEqual(wanted.map(([first]) => first));
}

/** A name that is not empty, or the event would be refused. */
function hasName(text: string): boolean {
  const name = (JSON.parse(text) as Record<string, string | string[]>)['Event-Name'];
  return [name].flat()[0] !== '' && [name].flat()[0] !== undefined;
}

describe('lazyJsonEvent reads what JSON.parse reads', () => {
  it('for any headers, as FreeSWITCH writes them', () => {
    fc.assert(
      fc.property(pairs, header, (headers, missing) => {
        const text = compact(headers);
        fc.pre(hasName(text));
        expectSameAsParsed(text, [missing, 'Hangup-Cause']);
      }),
      { numRuns: 2_000 },
    );
  });

  it('for any headers, with white space or every character escaped, which FreeSWITCH never writes', () => {
    const escaped = (text: string): string =>
      text.replace(/[A-Za-z/]/g, (sign) =>
        sign === '/' ? '\\/' : `\\u00${sign.charCodeAt(0).toString(16)}`,
      );
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme-ascii' }), fc.string({ unit: 'grapheme-ascii' })),
        (headers) => {
          const plain = { 'Event-Name': 'CUSTOM', ...headers };
          fc.pre(plain['Event-Name'] !== '' && !JSON.stringify(plain).includes('\\'));
          expectSameAsParsed(JSON.stringify(plain, undefined, 1), ['x']);
          expectSameAsParsed(escaped(JSON.stringify(plain)), ['x']);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(['inbound-answered-caller-hangs-up', 'caller-name-injection'] as const)(
    'for every event of %s',
    (call) => {
      for (const body of capturedBodies(call, 'json')) {
        expect(indexJsonText(body)).toBeDefined(); // the quick way was taken
        expectSameAsParsed(body.toString('utf8'), ['variable_missing']);
      }
    },
  );

  it.each([
    [
      'the last of a doubled key wins',
      '{"Event-Name":"E","Hangup-Cause":"A","Hangup-Cause":"B"}',
      'Hangup-Cause',
    ],
    [
      'a key inside a value is no key',
      '{"Event-Name":"E","a":"x\\",\\"Hangup-Cause\\":\\"FAKE"}',
      'Hangup-Cause',
    ],
    ['a key of a nested object is no key', '{"Event-Name":"E","a":{"Hangup-Cause":"FAKE"}}', 'Hangup-Cause'],
    ['a key spelt with an escape is found', '{"Event-Name":"E","Hangup\\u002dCause":"B"}', 'Hangup-Cause'],
    ['a body of several lines', '{"Event-Name":"E","_body":"+OK\\nЁ\\n"}', '_body'],
    ['an empty list', '{"Event-Name":"E","list":[]}', 'list'],
  ])('%s', (_what, text, key) => {
    const wanted = (JSON.parse(text) as Record<string, string | string[] | undefined>)[key] ?? [];
    expect(lazyJsonEvent(text).getAll(key)).toEqual([wanted].flat());
  });
});

describe('the named fields', () => {
  it('are headers, with the microseconds of the switch cut to milliseconds', () => {
    const event = lazyJsonEvent(
      '{"Event-Subclass":"fifo::info","Event-Name":"CUSTOM","Core-UUID":"c-1","Event-Date-Timestamp":"1795346248195768","Event-Sequence":"4491"}',
    );

    expect(event).toMatchObject({
      name: 'CUSTOM',
      subclass: 'fifo::info',
      coreUuid: 'c-1',
      sequence: 4491,
      timestampMs: 1_795_346_248_195,
      body: undefined,
    });
  });

  it('are empty or 0 when the switch left them out or sent nonsense', () => {
    const event = lazyJsonEvent('{"Event-Name":"HEARTBEAT","Event-Sequence":"x"}');

    expect(event).toMatchObject({ subclass: undefined, coreUuid: '', sequence: 0, timestampMs: 0 });
  });
});

it.each([
  '',
  '{',
  '{}',
  'null',
  '"text"',
  '["Event-Name"]',
  '{"Event-Name":"E"',
  '{"Event-Name":"E",}',
  '{"Event-Name":"E"}}',
  '{"Event-Name":"E" "a":"b"}',
  '{"Event-Name":"E","a":["b"}',
  '{"Event-Name":"E","a":["b",]}',
  '{"Event-Name":"E","a"}',
  '{"Event-Name":"E","a:"b"}',
  '{"Event-Name":""}',
  '{"Event-Name":5}',
  '{"a":"b"}',
])('malformed: %s', (text) => {
  expect(() => lazyJsonEvent(text)).toThrow(MalformedEventError);
});
