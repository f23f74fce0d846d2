/** What the text of a variable may look like. Messages say what to write; they never repeat what was written. */
import { z } from 'zod';

/** A whole number between `min` and `max`, both included. */
export function wholeNumber(min: number, max: number): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}.`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}.`);
}

/** A duration in milliseconds. */
export const milliseconds = (min: number, max: number): z.ZodType<number, string> => wholeNumber(min, max);

/** A TCP port. */
export const port = wholeNumber(1, 65_535);

/** One word of a list. */
export function oneOf<const T extends string>(words: readonly [T, ...T[]]): z.ZodType<T, string> {
  const known = new Map(words.map((word) => [word as string, word]));
  return z.string().transform((text, context) => {
    const word = known.get(text);
    if (word !== undefined) return word;
    context.addIssue({ code: 'custom', message: `must be one of: ${words.join(', ')}.` });
    return z.NEVER;
  });
}

/** Words of a list, separated by commas, each once. */
export function someOf<const T extends string>(words: readonly [T, ...T[]]): z.ZodType<readonly T[], string> {
  const message = `must be one or more of: ${words.join(', ')}; separated by commas.`;
  return z.string().transform((text, context) => {
    const asked = new Set(text.split(',').map((word) => word.trim()));
    const found = words.filter((word) => asked.has(word));
    if (found.length > 0 && found.length === asked.size) return found;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

/** An address with one of these schemes, e.g. `postgres`. The text may hold a password. */
export function address(...schemes: string[]): z.ZodType<string, string> {
  const message = `must be an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}.`;
  return z.string().refine((text) => schemes.includes(schemeOf(text) ?? ''), message);
}

/** A list with commas between its entries, each of which looks like `pattern`; an empty text is an empty list. */
export function listOf(pattern: RegExp, message: string): z.ZodType<readonly string[], string> {
  return z
    .string()
    .transform((text): readonly string[] =>
      text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ''),
    )
    .refine((entries) => entries.every((entry) => pattern.test(entry)), message);
}

/**
 * Scheme and host of an address that others reach us at, without a slash at the end; https, but on this machine. An empty
 * text: there is none.
 */
export const publicAddress: z.ZodType<string | undefined, string> = z
  .string()
  .refine((text) => text === '' || isPublic(text), 'must be an address like https://connector.example.com.')
  .transform((text) => (text === '' ? undefined : new URL(text).origin));

function isPublic(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  const isHere = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  const isBare = pathname === '/' && [search, hash, username, password].every((part) => part === '');
  return isBare && (protocol === 'https:' || (protocol === 'http:' && isHere));
}

/** Free text of at least one character, without line ends or other control characters. */
export const plainText: z.ZodType<string, string> = z
  .string()
  .trim()
  .min(1, 'must not be blank.')
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'must not hold control characters.');

function schemeOf(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).protocol.replace(':', '') : undefined;
}
