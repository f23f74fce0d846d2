/**
 * Takes secrets out of what is logged.
 *
 * Two ways a secret gets into a log: as a field with a telling name (`redact`), and inside a text (`redactText`): an
 * address with a password, a webhook's path, a token in a query string. Accepted residual risk: a secret under a name
 * that says nothing, such as the `code` of an OAuth log-in (errors have a `code` too, and that must be read).
 */

/** What stands in a log where a secret was. */
export const HIDDEN = '[hidden]';

/** Parts of field names, compared without case and separators: `access_token`, `accessToken` and `ACCESS-TOKEN` are one. */
const SECRET_NAMES = [
  'password',
  'passwd',
  'secret',
  'token',
  'authorization',
  'cookie',
  'refreshid',
  'authid',
  'appsid',
];

/** Bitrix24 sends its access token as the bare field `auth` in requests, and an object `auth` in events. */
const SECRET_WHOLE_NAMES = new Set(['auth', 'pass', 'pwd']);

const MAX_DEPTH = 6;
const MAX_ENTRIES = 200;

/** None of them reaches over a quote or a backslash, so that a line of JSON stays one. */
const IN_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'\\]*:[^\s/@"'\\]*@/gi, `$1${HIDDEN}@`],
  // https://portal/rest/<user>/<secret>/method: an incoming webhook's address is its password.
  [/(\/rest\/\d+\/)[A-Za-z0-9]{6,}/g, `$1${HIDDEN}`],
  [
    /\b((?:access_token|refresh_token|application_token|client_secret|auth|password)=)[^&\s"'\\]+/gi,
    `$1${HIDDEN}`,
  ],
];

/** A copy of `value` without the fields that hold secrets, safe to be made JSON of: no cycles, no endless depth. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth === MAX_DEPTH) return '[deeper]';
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((entry) => redact(entry, depth + 1));
  if (value instanceof Error) return redactError(value, depth);
  return redactFields(value, depth);
}

/** A text, also a line of JSON, without the secrets that addresses and query strings carry. */
export function redactText(text: string): string {
  return IN_TEXTS.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), text);
}

function redactFields(value: object, depth: number): Record<string, unknown> {
  const fields = Object.entries(value).slice(0, MAX_ENTRIES);
  return Object.fromEntries(
    fields.map(([name, field]) => [
      name,
      isSecretName(name) && isTelling(field) ? HIDDEN : redact(field, depth + 1),
    ]),
  );
}

/** `name`, `message`, `stack` and `cause` are not enumerable: an error would come out empty. Its own fields stay. */
function redactError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    stack,
    ...redactFields(error, depth),
    ...(cause ? { cause: redact(cause, depth + 1) } : {}),
  };
}

function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return SECRET_WHOLE_NAMES.has(plain) || SECRET_NAMES.some((part) => plain.includes(part));
}

/** That there is no secret, or merely a yes or no about one, may be read. */
function isTelling(field: unknown): boolean {
  return field !== undefined && field !== null && typeof field !== 'boolean';
}
