/**
 * Characters that nobody sees but programs obey: control characters, those that turn the direction of writing, joiners,
 * line separators, halves of pairs, and the two that XML cannot carry. Terminals, browsers and XML parsers each choke on
 * some of them, and callers choose their names.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{fffe}\u{ffff}]/gu;
const INVISIBLE_IN_LINES = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{fffe}\u{ffff}]/gu;
/** Unicode has a picture of each C0 control character: U+2400 and on. */
const CONTROL_PICTURES = 0x2400;
const DELETE = 0x7f;
const DELETE_PICTURE = '\u2421';

/** One line of text in which everything can be seen: what is invisible stands as a picture (␛) or a code (⟨202E⟩). */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, picture);
}

/** The same for a text of several lines, which may have tabs; CRLF becomes LF, a CR alone is shown. */
export function visibleLines(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(INVISIBLE_IN_LINES, picture);
}

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(CONTROL_PICTURES + code);
  if (code === DELETE) return DELETE_PICTURE;
  return `⟨${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
