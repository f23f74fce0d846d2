/** Two columns wide in a terminal: East Asian scripts and pictures (Unicode Standard Annex 11, wide and fullwidth). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Written over the character before. */
const COMBINING = /\p{M}/u;

/** How many columns of a terminal a line of visible text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfOne(character);
  return columns;
}

/** At most so many columns of a text; a longer one is cut, and a sign of one column tells so. */
export function cut(text: string, columns: number, sign = '…'): string {
  if (columnsOf(text) <= columns) return text;
  let [kept, used] = ['', 0];
  for (const character of text) {
    used += columnsOfOne(character);
    if (used > columns - 1) break;
    kept += character;
  }
  return columns < 1 ? '' : `${kept}${sign}`;
}

/** A text of exactly so many columns: cut, or filled up with blanks. */
export function fit(text: string, columns: number): string {
  const short = cut(text, columns);
  return short + ' '.repeat(Math.max(0, columns - columnsOf(short)));
}

function columnsOfOne(character: string): number {
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
