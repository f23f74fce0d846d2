import fc from 'fast-check';
import { originateValue } from './originate-value';
import { readOriginate } from './testing/freeswitch-parsers';

/** Texts made of what has a meaning to FreeSWITCH, of what people write, and of anything else. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '<',
        '>',
        ',',
        '|',
        '^^',
        '^',
        "'",
        '"',
        '\\',
        '$',
        '\n',
        '\r',
        '\0',
        ' ',
      ),
      fc.constantFrom(
        '${',
        '$${',
        ':_:',
        '&',
        '(',
        ')',
        '=',
        '%',
        'origination_nested_vars=true',
        '^^:',
        '\\s',
      ),
      fc.constantFrom('user/1002', 'sofia/gateway/trunk/8', '&hangup', 'Анна', 'a', '1'),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** As UTF-8 it has to be: half a surrogate pair becomes the replacement character. */
const wellFormed = (text: string) => Buffer.from(text).toString();
const decoded = (text: string) => decodeURIComponent(text);

describe('any text as a variable of an originate', () => {
  it('arrives as one variable, whole, and nothing around it changes', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const text = `{first=${originateValue(one)},second=${originateValue(other)},third=3}user/1001@a.b 7 XML c`;
        const read = readOriginate(text);
        const expected = { first: wellFormed(one), second: wellFormed(other), third: '3' };
        expect({ ...read, variables: undefined }).toEqual({
          argc: 4,
          variables: undefined,
          endpoints: ['user/1001@a.b'],
          rest: ['7', 'XML', 'c'],
        });
        for (const [name, value] of Object.entries(expected)) {
          // An empty variable is none to FreeSWITCH.
          expect(decoded(read.variables[name] ?? '')).toBe(value);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('holds no character that means something to a parser', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(originateValue(text)).toMatch(/^[A-Za-z0-9_.~*#@;+%-]*$/);
      }),
    );
  });

  it.each(['79161234567', '0c5d9f1e-8c1b-4e7a-9d6b-6f1a2b3c4d5e', 'W12*#', 'pbx.internal'])(
    'leaves %s as it is',
    (text) => {
      expect(originateValue(text)).toBe(text);
    },
  );
});
