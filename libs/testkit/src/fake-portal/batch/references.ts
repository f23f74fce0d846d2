const REFERENCE = /\$result((?:\[[^\]]*\])+)/g;

/**
 * Puts results of earlier commands where `$result[key][field][0]` stands, at any depth. A parameter that is nothing but
 * a reference becomes the value itself; in the middle of a text it becomes text. What cannot be resolved (the command
 * failed, or there is no such field) stays as it was written, and travels on as that text.
 */
export function resolveReferences(value: unknown, results: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') return resolveText(value, results);
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, results));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, resolveReferences(item, results)]),
  );
}

function resolveText(text: string, results: ReadonlyMap<string, unknown>): unknown {
  const whole = /^\$result((?:\[[^\]]*\])+)$/.exec(text)?.[1];
  if (whole !== undefined) return lookUp(whole, results) ?? text;
  return text.replace(REFERENCE, (written: string, path: string) => {
    const found = lookUp(path, results);
    return typeof found === 'string' || typeof found === 'number' ? String(found) : written;
  });
}

/** `[key][ID]`: the first part names the command. */
function lookUp(path: string, results: ReadonlyMap<string, unknown>): unknown {
  const [command = '', ...fields] = [...path.matchAll(/\[([^\]]*)\]/g)].map(([, name = '']) => name);
  return fields.reduce<unknown>(
    (value, field) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, field)
        ? (value as Record<string, unknown>)[field]
        : undefined,
    results.get(command),
  );
}
