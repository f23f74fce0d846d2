/**
 * How FreeSWITCH reads the arguments of `originate`: its own parsers, statement by statement (switch_utils.c:
 * separate_string_blank_delim, separate_string_char_delim, cleanup_separated_string, switch_find_end_paren; switch_event.c:
 * switch_event_create_brackets; mod_commands.c: originate_function; git of August 2026). Strings are byte strings.
 */

/** An originate as the switch understood it. */
export interface ReadOriginate {
  /** Arguments in all: the endpoint with its variables, the extension, the dialplan, the context. */
  readonly argc: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Endpoints, were there several. */
  readonly endpoints: readonly string[];
  readonly rest: readonly string[];
}

const MOST_ARGUMENTS = 10;

/** Reads the arguments as `originate_function` does. Throws on what the switch calls a parse error. */
export function readOriginate(text: string): ReadOriginate {
  const [first = '', ...rest] = separate(bytes(text), ' ', MOST_ARGUMENTS);
  const variables: Record<string, string> = {};
  let data = first.replace(/^ +/, '');
  for (const [open, close] of [
    ['<', '>'],
    ['{', '}'],
  ] as const) {
    while (data.startsWith(open)) data = readBrackets(data, open, close, variables).replace(/^ +/, '');
  }
  const endpoints = data.split(':_:').flatMap((enterprise) => enterprise.split(/[|,]/));
  return { argc: rest.length + 1, variables, endpoints, rest };
}

function bytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function readBrackets(data: string, open: string, close: string, into: Record<string, string>): string {
  const end = endParen(data, open, close);
  if (end < 0) throw new Error('Parse Error!');
  let inner = data.slice(1, end);
  let delimiter = ',';
  if (inner.startsWith('^^')) {
    delimiter = inner.charAt(2);
    inner = inner.slice(3);
  }
  for (const pair of separate(inner, delimiter, 1024)) {
    const [name, value] = separate(pair, '=', 2);
    if (name !== undefined && value !== undefined) into[name] = value;
  }
  return data.slice(end + 1);
}

function endParen(text: string, open: string, close: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === open) depth += 1;
    else if (text[at] === close && (depth -= 1) === 0) return at;
  }
  return -1;
}

/** `switch_separate_string`. */
export function separate(text: string, delimiter: string, most: number): string[] {
  if (text.startsWith('^^') && text.length > 3) return separate(text.slice(3), text.charAt(2), most);
  const parts = delimiter === ' ' ? cutAtBlanks(text, most) : cutAt(text, delimiter, most);
  return parts.map((part) => cleanUp(part, delimiter === ' ' ? '' : delimiter));
}

function cutAt(text: string, delimiter: string, most: number): string[] {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length && parts.length < most) {
    const begin = at;
    let quoted = false;
    // The last part of a full array is not cut any more.
    if (parts.length + 1 === most) return [...parts, text.slice(begin)];
    for (; at < text.length && (quoted || text[at] !== delimiter); at += 1) {
      if (text[at] === '\\') at += 1;
      else if (text[at] === "'" && (quoted || text.includes("'", at + 1))) quoted = !quoted;
    }
    parts.push(text.slice(begin, at));
    at += 1;
  }
  return parts;
}

function cutAtBlanks(text: string, most: number): string[] {
  const parts: string[] = [];
  let at = 0;
  let quoted = false;
  while (at < text.length && parts.length < most) {
    const begin = at;
    if (parts.length + 1 === most) return [...parts, text.slice(begin)];
    while (text[at] === ' ') at += 1;
    for (; at < text.length && (quoted || text[at] !== ' '); at += 1) {
      if (text[at] === '\\') at += 1;
      else if (text[at] === "'") quoted = !quoted;
    }
    parts.push(text.slice(begin, at));
    while (text[at] === ' ') at += 1;
  }
  return parts;
}

const UNESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', s: ' ' };

function cleanUp(part: string, delimiter: string): string {
  const text = part.replace(/^ +/, '');
  let cleaned = '';
  let end = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (
      character === '\\' &&
      ('\'"\\'.includes(next) || next === delimiter || next in UNESCAPED) &&
      next !== ''
    ) {
      cleaned += UNESCAPED[next] ?? next;
      end = cleaned.length;
      at += 1;
    } else if (character === "'" && (quoted || text.includes("'", at + 1))) {
      quoted = !quoted;
      if (quoted) end = cleaned.length;
    } else {
      cleaned += character;
      if (character !== ' ' || quoted) end = cleaned.length;
    }
  }
  return cleaned.slice(0, end);
}
