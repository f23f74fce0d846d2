/**
 * Splits a text as FreeSWITCH does (switch_separate_string): not inside single quotes, and not at an escaped delimiter;
 * several spaces are one. `^^:` in front chooses another delimiter. Every part loses the spaces around it, its quotes and
 * its escapes.
 *
 * @param most how many parts there may be; the last one has all the rest
 */
export function separate(text: string, delimiter: string, most = Number.POSITIVE_INFINITY): string[] {
  const own = /^\^\^(.)(.+)$/s.exec(text);
  return own ? cut(own[2] ?? '', own[1] ?? '', most) : cut(text, delimiter, most);
}

function cut(raw: string, delimiter: string, most: number): string[] {
  const text = delimiter === ' ' ? raw.replace(/^ +/, '') : raw;
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length && parts.length < most - 1; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === "'" && (isQuoted || text.includes("'", at + 1))) isQuoted = !isQuoted;
    else if (char === delimiter && !isQuoted) {
      parts.push(text.slice(start, at));
      while (delimiter === ' ' && text[at + 1] === ' ') at += 1;
      start = at + 1;
    }
  }
  const rest = text.slice(start);
  return [...parts, ...(rest === '' ? [] : [rest])].map((part) => cleaned(part, delimiter));
}

const ESCAPED: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  s: ' ',
  "'": "'",
  '"': '"',
  '\\': '\\',
};

/** Without the spaces around it, its quotes and its escapes (cleanup_separated_string). */
function cleaned(part: string, delimiter: string): string {
  const text = part.replace(/^ +/, '');
  let result = '';
  let end = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    const next = text[at + 1] ?? '';
    const escaped = next !== '' && next === delimiter && delimiter !== ' ' ? delimiter : ESCAPED[next];
    if (char === '\\' && escaped !== undefined) {
      result += escaped;
      end = result.length;
      at += 1;
    } else if (char === "'" && (isQuoted || text.includes("'", at + 1))) {
      isQuoted = !isQuoted;
      if (isQuoted) end = result.length;
    } else {
      result += char;
      if (char !== ' ' || isQuoted) end = result.length;
    }
  }
  return result.slice(0, end);
}

/** Splits at a delimiter that stands outside of all brackets and quotes; a quote inside brackets means nothing. */
export function splitOutside(text: string, delimiter: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === "'" && depth === 0) isQuoted = !isQuoted;
    else if ('[{<'.includes(char)) depth += 1;
    else if (']}>'.includes(char)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && !isQuoted && text.startsWith(delimiter, at)) {
      parts.push(text.slice(start, at));
      start = at + delimiter.length;
      at = start - 1;
    }
  }
  return [...parts, text.slice(start)];
}
