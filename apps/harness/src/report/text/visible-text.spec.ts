import fc from 'fast-check';
import { visibleLines, visibleText } from './visible-text';

describe('text in which everything can be seen', () => {
  it('shows control characters as pictures, others as codes, and leaves names alone', () => {
    expect(visibleText('\u001b[2J\u0000\r\n\t\u007f')).toBe('␛[2J␀␍␊␉␡');
    expect(visibleText('\u009b31m \u202eevil \u200b\u2028\ud800')).toBe(
      '⟨009B⟩31m ⟨202E⟩evil ⟨200B⟩⟨2028⟩⟨D800⟩',
    );
    expect(visibleText('Иван «Ёлкин» 漢 🙂 Zoë')).toBe('Иван «Ёлкин» 漢 🙂 Zoë');
  });

  it('keeps the lines of a text, and no carriage return', () => {
    expect(visibleLines('INVITE\r\n\tVia: x\r\rBYE\n')).toBe('INVITE\n\tVia: x␍␍BYE\n');
  });

  it('leaves nothing that a terminal or XML could choke on, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) =>
          !/[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(visibleText(text)) &&
          !/(?![\n\t])[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(visibleLines(text)),
      ),
    );
  });
});
