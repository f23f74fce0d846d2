import fc from 'fast-check';
import { compilePattern, PatternError } from './pattern';

describe('a regular expression of the dialplan', () => {
  it.each([
    ['^1\\d{3}$', '1001', true],
    ['^1\\d{3}$', '10011', false],
    // PCRE: $ also before a line feed at the end, but not before two.
    ['^1\\d{3}$', '1001\n', true],
    ['^1\\d{3}$', '1001\n\n', false],
    ['^a.b$', 'a\nb', false],
    ['^a.b$', 'a\u2028b', true],
    ['/^a.b$/s', 'a\nb', true],
    ['/^ABC$/i', 'abc', true],
    ['(?i)^ABC$', 'abc', true],
    ['^\\*\\*(1[0-9]{3})$', '**1001', true],
    ['^(?!none$).+$', 'none', false],
    ['[\\]a-c]', ']', true],
    ['^\\x41$', 'A', true],
    ['^(a)\\1$', 'aa', true],
    ['a+?', 'a', true],
  ])('%j on %j', (expression, text, fits) => {
    expect(compilePattern(expression).test(text)).toBe(fits);
  });

  it.each([
    '_1XXX',
    '/abc',
    '/abc/x',
    '\\A1',
    '1\\z',
    '\\Q1\\E',
    '\\h',
    '\\v',
    '(?>1)',
    '(?|1|2)',
    '(?P<n>1)',
    '(?<n>1)',
    '(?#no)1',
    '(*ACCEPT)1',
    '1(?i)a',
    '[[:digit:]]',
    '[]a]',
    '[^]a]',
    '1++',
    '1*+',
    '1{2}+',
    '1{,2}',
    '[a',
    '(1',
    '1\\',
  ])('refuses %j, which JavaScript would read differently or not at all', (expression) => {
    expect(() => compilePattern(expression)).toThrow(PatternError);
  });

  it('finds any literal text, escaped', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = text.replace(/[^A-Za-z0-9_\n]/g, '\\$&');
        fc.pre(!/^[_/]/.test(escaped));
        expect(compilePattern(`^${escaped}$`).test(text)).toBe(true);
      }),
    );
  });

  it('either compiles or says why, whatever is written', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          compilePattern(text);
        } catch (error) {
          expect(error).toBeInstanceOf(PatternError);
        }
      }),
    );
  });
});
