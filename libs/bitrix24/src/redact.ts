import type { Secret } from './secret';

const MASK = '[secret]';
const SECRET_KEYS =
  /^(auth|access_token|refresh_token|client_secret|application_token|auth_id|refresh_id|authorization)$/i;
/** Tokens inside addresses: `uploadUrl` carries `auth` and `token`, a recording's address may carry a password. */
const SECRET_IN_QUERY =
  /([?&](?:auth|token|access_token|refresh_token|client_secret|code|sig|signature)=)[^&#\s"]*/gi;
const USER_INFO = /(\w:\/\/)[^/?#@\s"]+@/g;
const MAX_DEPTH = 8;

/** Text safe to keep: the secrets themselves and tokens inside addresses are masked. */
export function redactText(value: string, secrets: readonly Secret[] = []): string {
  const masked = secrets
    .map((secret) => secret.reveal())
    .filter((known) => known !== '')
    .reduce((text, known) => text.replaceAll(known, MASK).replaceAll(encodeURIComponent(known), MASK), value);
  return masked.replace(SECRET_IN_QUERY, `$1${MASK}`).replace(USER_INFO, `$1${MASK}@`);
}

/**
 * A copy of params, of an answer or of a portal's event that is safe to keep: tokens masked, file content reduced to
 * its size. Phone numbers and names stay: without them the ledger explains nothing.
 *
 * @param secrets masked wherever they occur, under whatever key
 */
export function redact(value: unknown, secrets: readonly Secret[] = [], depth = 0): unknown {
  if (typeof value === 'string') return redactText(value, secrets);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, secrets, depth + 1));
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => {
    // the `auth` of an event is a map, of which only some are secrets
    if (SECRET_KEYS.test(key) && typeof item !== 'object') return [key, MASK];
    if (key === 'FILE_CONTENT' && typeof item === 'string') return [key, `[${decodedBytes(item)} bytes]`];
    return [key, redact(item, secrets, depth + 1)];
  });
  return Object.fromEntries(entries);
}

/** Size of a file from its Base64 form, bytes. */
function decodedBytes(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return Math.max(0, Math.floor((base64.length * 3) / 4) - padding);
}
