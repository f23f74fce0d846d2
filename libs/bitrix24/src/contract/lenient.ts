import { z } from 'zod';

/**
 * What PHP makes of JSON. The documentation calls the same id an integer in one method and shows it as a string in
 * the next; flags are booleans, Y/N or 0/1; an empty map is `[]`; a date object can arrive as `{}`
 * (https://apidocs.bitrix24.com/api-reference/data-types.html). These schemas take every such form and give one back.
 * Those that end in OrNull never fail: what cannot be read is null, because a call must not be lost over its cost.
 */

/** Forms of "there is none": null, a missing key, '', false, an empty array, an empty object. */
const nothing = z.union([
  z.null(),
  z.undefined(),
  z.literal(''),
  z.literal(false),
  z.tuple([]),
  z.strictObject({}),
]);

/** An id or another whole number >= 0: 12 or "12" -> 12. */
export const phpId = z
  .union([z.int().nonnegative(), z.string().regex(/^\d{1,15}$/)])
  .transform((value) => Number(value));

/** An id that may be absent: 0, "0" and every form of nothing -> null. */
export const phpIdOrNull = z
  .union([phpId, nothing])
  .transform((value) => (typeof value === 'number' && value > 0 ? value : null))
  .catch(null)
  .default(null);

/** A number, whole or not: 1.5 or "1.5000" -> 1.5. */
export const phpNumber = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)])
  .transform((value) => Number(value));

/** A number that may be absent; unlike an id, 0 is a value. */
export const phpNumberOrNull = z
  .union([phpNumber, nothing])
  .transform((value) => (typeof value === 'number' ? value : null))
  .catch(null)
  .default(null);

/** A text that PHP may have turned into a number, such as a status code: 304 or "304" -> "304". */
export const phpText = z.union([z.string(), z.number()]).transform((value) => String(value));

/** A text that may be absent: '' and every form of nothing -> null. */
export const phpTextOrNull = z
  .union([phpText, nothing])
  .transform((value) => (typeof value === 'string' && value !== '' ? value : null))
  .catch(null)
  .default(null);

/** A flag: true, "Y", 1, "1", "true" -> true. */
export const phpFlag = z
  .union([z.boolean(), z.literal(['Y', 'N', '0', '1', 'true', 'false', 0, 1])])
  .transform((value) => value === true || value === 'Y' || value === 1 || value === '1' || value === 'true');

/** A date-time as the portal printed it (ISO-8601 where it prints one), or null for `{}`. Not parsed here. */
export const phpDate = phpTextOrNull;

/** A map. PHP prints it as a list when its keys are 0, 1, 2..., and so an empty one as `[]`. */
export const phpMap = <Value extends z.ZodType>(value: Value) =>
  z
    .union([z.record(z.string(), value), z.array(value)])
    .transform((map) => (Array.isArray(map) ? Object.fromEntries(map.entries()) : map))
    .transform((map) => map as Record<string, z.output<Value>>);

/** A list of scopes: pages and events disagree on whether a comma or a space separates them. None -> []. */
export const scopeList = phpTextOrNull.transform((text) =>
  (text ?? '').split(/[\s,]+/).filter((scope) => scope !== ''),
);

/** One number out of a closed list, also when a form body brought it as a string: "2" -> 2. */
export const oneOfNumbers = <const Values extends readonly number[]>(values: Values) =>
  phpId.transform((value, context): Values[number] => {
    const found = values.find((candidate) => candidate === value);
    if (found === undefined)
      context.addIssue({ code: 'custom', message: `expected one of ${values.join(', ')}` });
    return found ?? z.NEVER;
  });
