import { columnsOf } from '../../text/columns';

/** Height of the letters in all pictures, px. */
export const FONT_SIZE = 11;
/** Of the fixed-width letters of the ladder, px. */
export const MONO_SIZE = 12;
/** Fixed-width fonts are this wide, em: Menlo, DejaVu Sans Mono and Liberation Mono all have 0.60. */
const MONO_EM = 0.605;

/**
 * How wide a text will be at most, px. The fonts of the reader are unknown: these are the widths of DejaVu Sans, the
 * widest of the usual ones, so that labels never run into each other.
 */
export function textWidth(text: string): number {
  let em = 0;
  for (const character of text) em += emOf(character);
  return em * FONT_SIZE;
}

export function monoWidth(text: string): number {
  return columnsOf(text) * MONO_SIZE * MONO_EM;
}

/** As much of a text as fits, with an ellipsis for what does not; empty when not even a letter does. */
export function fitText(text: string, width: number, measure: (text: string) => number = textWidth): string {
  if (measure(text) <= width) return text;
  const letters = Array.from(text);
  while (letters.length > 0) {
    letters.pop();
    const short = `${letters.join('').trimEnd()}…`;
    if (letters.length > 0 && measure(short) <= width) return short;
  }
  return '';
}

function emOf(character: string): number {
  if (columnsOf(character) === 2) return 1.05;
  if (/[ilj.,:;'|!()\s[\]tf-]/.test(character)) return 0.4;
  if (/[mwMW@%⟨⟩]/.test(character)) return 0.98;
  if (/[A-Z_0-9ЖШЩЮМФжшщюмф]/.test(character)) return 0.69;
  return 0.62;
}
