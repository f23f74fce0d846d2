/** Names under which a token or a secret travels. */
const SECRETS = [
  'auth',
  'token',
  'access_token',
  'refresh_token',
  'client_secret',
  'code',
  'AUTH_ID',
  'REFRESH_ID',
  'APPLICATION_TOKEN',
  'application_token',
];
const IN_TEXT = new RegExp(`([?&]|^|%3F|%26)(${SECRETS.join('|')})(=|%3D)[^&%\\s"]+`, 'g');

export const isSecret = (name: string): boolean => SECRETS.includes(name);

/** A value without the tokens and secrets in it, at any depth, and in addresses and query strings too. */
export function redacted(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(IN_TEXT, '$1$2$3***');
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isSecret(key) ? '***' : redacted(item)]),
  );
}
