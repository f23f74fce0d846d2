/** A regular expression of the dialplan that means the same to PCRE and to JavaScript, or none. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

interface Reading {
  readonly source: string;
  readonly dotMatchesAll: boolean;
  position: number;
  /** What stands before is a quantifier: `+` now would make it possessive. */
  afterQuantifier: boolean;
}

/** Letters that mean the same after a backslash in both; all other letters differ or are errors. */
const SHARED_ESCAPES = /[dDwWsSbBnrtf1-9]|[^A-Za-z0-9]/;
const SHARED_ESCAPES_IN_CLASS = /[dDwWsSbnrtf]|[^A-Za-z0-9]/;

/**
 * Compiles an expression as switch_regex.c does: `/.../is` or the bare pattern. What PCRE and JavaScript read differently is
 * translated where that is exact (`.` and `$` at line ends) and refused where it is not.
 *
 * @throws PatternError with what is wrong
 */
export function compilePattern(expression: string): RegExp {
  if (expression.startsWith('_'))
    throw new PatternError('a leading _ makes an Asterisk pattern of it: that is not supported');
  const { pattern, flags } = unwrap(expression);
  try {
    return new RegExp(translate(pattern, flags.includes('s')), flags.includes('i') ? 'i' : '');
  } catch (error) {
    if (error instanceof PatternError) throw error;
    throw new PatternError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function unwrap(expression: string): { pattern: string; flags: string } {
  const inline = /^\(\?i\)/.exec(expression);
  if (inline) return { pattern: expression.slice(inline[0].length), flags: 'i' };
  if (!expression.startsWith('/')) return { pattern: expression, flags: '' };
  const end = expression.lastIndexOf('/');
  const flags = expression.slice(end + 1);
  if (end === 0 || !/^[is]*$/.test(flags))
    throw new PatternError(`${expression} begins with / and must end with / and i or s`);
  return { pattern: expression.slice(1, end), flags };
}

function translate(source: string, dotMatchesAll: boolean): string {
  const reading: Reading = { source, dotMatchesAll, position: 0, afterQuantifier: false };
  let translated = '';
  while (reading.position < source.length) translated += nextPart(reading);
  return translated;
}

function nextPart(reading: Reading): string {
  const { source, position } = reading;
  const char = source[position] ?? '';
  const wasQuantifier = reading.afterQuantifier;
  reading.afterQuantifier = false;
  switch (char) {
    case '\\':
      return escape(reading, SHARED_ESCAPES);
    case '[':
      return characterClass(reading);
    case '(':
      return group(reading);
    case '.':
      reading.position += 1;
      return reading.dotMatchesAll ? '[^]' : '[^\\n]';
    case '$':
      // PCRE's $ also matches before a line feed at the very end.
      reading.position += 1;
      return '(?=\\n?$)';
    case '*':
    case '+':
    case '?':
    case '}':
      if (char === '+' && wasQuantifier) throw new PatternError('possessive quantifiers are not supported');
      reading.position += 1;
      reading.afterQuantifier = !wasQuantifier;
      return char;
    case '{':
      if (/^\{ *,|^\{ /.test(source.slice(position))) throw new PatternError('{,n} is read in two ways');
      reading.position += 1;
      return char;
    default:
      reading.position += 1;
      return char;
  }
}

function escape(reading: Reading, allowed: RegExp): string {
  const { source, position } = reading;
  const hex = /^\\x[0-9A-Fa-f]{2}/.exec(source.slice(position));
  const next = source[position + 1];
  if (next === undefined) throw new PatternError('it ends with a backslash');
  if (!hex && !allowed.test(next)) throw new PatternError(`\\${next} means something else to PCRE`);
  const text = hex?.[0] ?? `\\${next}`;
  reading.position += text.length;
  return text;
}

function characterClass(reading: Reading): string {
  const { source } = reading;
  let translated = '[';
  reading.position += 1;
  if (source[reading.position] === '^') {
    translated += '^';
    reading.position += 1;
  }
  if (source[reading.position] === ']') throw new PatternError('write \\] for a ] in a class');
  while (source[reading.position] !== ']') {
    const char = source[reading.position];
    if (char === undefined) throw new PatternError('a [ without its ]');
    if (/^\[[:.=]/.test(source.slice(reading.position)))
      throw new PatternError('POSIX classes like [:digit:] are not supported');
    if (char === '\\') {
      translated += escape(reading, SHARED_ESCAPES_IN_CLASS);
      continue;
    }
    translated += char;
    reading.position += 1;
  }
  reading.position += 1;
  return `${translated}]`;
}

function group(reading: Reading): string {
  const rest = reading.source.slice(reading.position);
  const opening = /^\((?:\?(?::|=|!|<=|<!))?/.exec(rest)?.[0] ?? '(';
  if (opening === '(' && /^\([?*]/.test(rest)) throw new PatternError(`${rest.slice(0, 4)} is not supported`);
  reading.position += opening.length;
  return opening;
}
