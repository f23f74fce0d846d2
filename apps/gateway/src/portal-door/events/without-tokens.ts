const HIDDEN = '[hidden]';
/** ONAPPMETHODCONFIRM has an access token in `data[TOKEN]`. */
const TOKEN_NAME = /token|secret|password|^auth$|^auth_id$|^refresh_id$/i;

/** A copy of an event's data that may be kept: what is called like a token is hidden, at every level. */
export function withoutTokens(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([name, field]) => [name, TOKEN_NAME.test(name) ? HIDDEN : without(field)]),
  );
}

function without(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => without(item));
  return withoutTokens(value as Readonly<Record<string, unknown>>);
}
