type PhpValue = string | PhpMap | PhpValue[];
interface PhpMap {
  [key: string]: PhpValue;
}

/**
 * Decodes a query or a form body the way PHP does: `a[b][0]=x` is nested, `a[]=x` appends, keys 0..n-1 are a list.
 */
export function decodePhpForm(search: URLSearchParams): Record<string, PhpValue> {
  const root: PhpMap = Object.create(null) as PhpMap;
  for (const [name, value] of search) put(root, keysOf(name), value);
  return Object.fromEntries(Object.entries(root).map(([key, value]) => [key, listed(value)]));
}

/**
 * The way back, as PHP's http_build_query does it: nested keys in brackets, flags as 1 and 0, nothing for null and
 * undefined.
 */
export function encodePhpForm(fields: Readonly<Record<string, unknown>>): string {
  const form = new URLSearchParams();
  for (const [key, value] of Object.entries(fields)) append(form, key, value);
  return form.toString();
}

function append(form: URLSearchParams, key: string, value: unknown): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'object') {
    for (const [inner, item] of Object.entries(value)) append(form, `${key}[${inner}]`, item);
  } else form.append(key, textOf(value));
}

function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** `a[b][0]` -> a, b, 0. */
function keysOf(name: string): string[] {
  const head = /^[^[]*/.exec(name)?.[0] ?? name;
  return [head, ...[...name.slice(head.length).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')];
}

function put(map: PhpMap, [first = '', ...rest]: string[], value: string): void {
  const key = first === '' ? String(Object.keys(map).length) : first;
  if (rest.length === 0) {
    map[key] = value;
    return;
  }
  const inner = map[key];
  const next: PhpMap = isMap(inner) ? inner : (Object.create(null) as PhpMap);
  map[key] = next;
  put(next, rest, value);
}

function listed(value: PhpValue): PhpValue {
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, PhpValue] => [key, listed(item)]);
  const isList = entries.every(([key], index) => key === String(index));
  return isList ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function isMap(value: PhpValue | undefined): value is PhpMap {
  return typeof value === 'object' && !Array.isArray(value);
}
