/** Control characters of both sets, and those that turn the direction of writing or break lines. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/**
 * Makes a text safe for a terminal: callers choose their names, and some choose escape sequences. What is taken out
 * leaves a blank.
 */
export function safeText(text: string): string {
  return text.replace(UNSAFE, ' ').trim();
}

/** A text of exactly so many characters: cut with an ellipsis, or filled up with blanks. */
export function fit(text: string, width: number): string {
  const characters = Array.from(text);
  if (characters.length <= width) return text + ' '.repeat(width - characters.length);
  return width < 1 ? '' : `${characters.slice(0, width - 1).join('')}…`;
}
