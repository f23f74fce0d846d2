import fc from 'fast-check';

const names = fc.constantFrom(
  'event', 'data', 'ts', 'auth', 'member_id', 'application_token', 'refresh_token', 'server_endpoint', 'REFRESH_ID',
  'APPLICATION_TOKEN', 'AUTH_ID', 'SERVER_ENDPOINT', 'DOMAIN', 'CLEAN', '__proto__', 'constructor', 'toString', 'length',
  '0', '999999999', '', ']', '[', '$ne',
); // prettier-ignore

const values = fc.oneof(
  fc.constantFrom(
    'ONAPPINSTALL',
    'ONAPPUNINSTALL',
    'ONAPPUPDATE',
    'https://oauth.bitrix.info/rest/',
    'null',
    '-1',
    '',
  ),
  fc.constantFrom(
    'http://169.254.169.254/',
    'https://[::1]/rest/',
    "'; DROP TABLE portal; --",
    '<script>',
    '%00',
    '%',
  ),
  fc.string({ unit: 'binary' }),
  fc.string(),
);

/** A field with any nesting: `auth[member_id][][0]=x`, brackets that do not match included. */
const field = fc
  .tuple(fc.array(names, { minLength: 1, maxLength: 12 }), values, fc.boolean())
  .map(([[first = '', ...rest], value, isEncoded]) => {
    const name = first + rest.map((key) => `[${key}]`).join('');
    return isEncoded ? `${encode(name)}=${encode(value)}` : `${name}=${value}`;
  });

/** A form that means no good: brackets, duplicates, wrong types, characters that are none. */
export const hostileForm = fc.array(field, { maxLength: 40 }).map((fields) => fields.join('&'));

/** Any JSON, and text that nearly is. */
export const hostileJson = fc.oneof(
  fc.json({ maxDepth: 12 }),
  fc.json().map((text) => text.slice(0, -1)),
  fc.dictionary(names, fc.jsonValue()).map((tree) => JSON.stringify(tree)),
);

/** Any bytes under any name. */
export const hostileBytes = fc.uint8Array({ maxLength: 500 });

/** What a body may claim to be. */
export const contentTypes = fc.constantFrom(
  'application/x-www-form-urlencoded',
  'application/json',
  'application/json; charset=utf-16',
  'multipart/form-data; boundary=x',
  'text/html',
  ';;;',
);

/** encodeURIComponent refuses halves of surrogate pairs. */
function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}
