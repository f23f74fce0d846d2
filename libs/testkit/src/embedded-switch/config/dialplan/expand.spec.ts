import fc from 'fast-check';
import { expand, type ExpandScope } from './expand';

const VARIABLES: Readonly<Record<string, string>> = {
  a: 'anna',
  number: '79161234567',
  which: 'a',
  nested: '<${a}>',
  itself: '${itself}',
};
const scope: ExpandScope = {
  lookUp: (name, index) => (index === undefined ? VARIABLES[name] : `${name}#${index}`),
  api: (command, args) => `{${command}:${args}}`,
};

describe('the variables in a text', () => {
  it.each([
    ['no variable', 'no variable'],
    ['${a}', 'anna'],
    ['x${a}y${a}${a}z', 'xannayannaannaz'],
    ['$${a}', 'anna'],
    ['${missing}.', '.'],
    ['${${which}}', 'anna'],
    ['${nested}', '<anna>'],
    ['${number:1}', '9161234567'],
    ['${number:-4}', '4567'],
    ['${number:1:3}', '916'],
    ['${number:0:99}', '79161234567'],
    ['${list[2]}', 'list#2'],
    ['${upper(${a})}', '{upper:anna}'],
    ['${upper(f(${a}) g)}', '{upper:f(anna) g}'],
    ['${upper ${a}}', '{upper:anna}'],
    ['${strftime(%Y/%m/%d)}.wav', '{strftime:%Y/%m/%d}.wav'],
    ['$1 costs $', '$1 costs $'],
    ['${a} costs $5', 'anna costs $5'],
    ['\\${a} is ${a}', '${a} is anna'],
    ["a\\'b ${a}", 'ab anna'],
    ['a\\\\b', 'a\\b'],
    ['^\\d+$', '^\\d+$'],
    ['${unclosed', ''],
  ])('%j becomes %j', (text, expanded) => {
    expect(expand(text, scope)).toBe(expanded);
  });

  it('comes to an end where a variable holds itself', () => {
    expect(expand('${itself}', scope)).toBe('${itself}');
  });

  it('leaves texts without $ and \\ alone, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const expanded = expand(text, scope);
        if (!/[$\\]/.test(text)) expect(expanded).toBe(text);
      }),
    );
  });
});
