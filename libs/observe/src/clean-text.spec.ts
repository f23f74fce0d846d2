import { cleanText } from './clean-text';

describe('text that came from outside', () => {
  it.each([
    ['plain text', 'Иван Петров', 'Иван Петров'],
    [
      'line breaks that the SIP stack decoded',
      'Evil\nHangup-Cause: FAKE\r\n\nX',
      'Evil Hangup-Cause: FAKE X',
    ],
    ['other control characters', 'a\u0000b\u001b[31mc\u007fd\u0085e', 'a b [31mc d e'],
    ['line and paragraph separators', 'a\u2028b\u2029c', 'a b c'],
    ['overrides that make a number read backwards', '\u202e74951234567\u202c', '74951234567'],
    ['isolates', 'a\u2066b\u2069c', 'a b c'],
    ['spaces around and between', '   a    b  ', 'a b'],
    ['joiners that Persian names need', 'می\u200cخواهم', 'می\u200cخواهم'],
  ])('%s', (_what, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('nothing is left of nothing', () => {
    for (const text of [undefined, '', '   ', '\n\r\t', '\u202e']) expect(cleanText(text)).toBeUndefined();
  });

  it('is cut to 255 characters, or as told, and never through a character', () => {
    expect(cleanText('x'.repeat(10_000))).toHaveLength(255);
    expect(cleanText('Ж'.repeat(10_000), 64)).toBe('Ж'.repeat(64));
    expect(cleanText('😀'.repeat(300))).toBe('😀'.repeat(255));
  });
});
