import { z } from 'zod';
import { Refusal } from '../refusal';
import type { FormTree } from './form-value';

/** 32 hexadecimal digits, as far as known; lenient, but nothing that could break out of a log line or a URL. */
export const memberIdField = z.string().regex(/^[\w-]{1,64}$/);

/** A token: printable ASCII in one piece. */
export const tokenField = z.string().regex(/^[\x21-\x7e]{1,512}$/);

/** An address that may be missing; it is judged elsewhere. */
export const addressField = z
  .string()
  .max(2_048)
  .optional()
  .transform((text) => (text === '' ? undefined : text));

/**
 * The fields of a body as a schema wants them.
 *
 * @throws Refusal `malformed`; its detail names the fields, never what they hold
 */
export function readFields<T>(schema: z.ZodType<T>, tree: FormTree): T {
  const read = schema.safeParse(tree);
  if (read.success) return read.data;
  const fields = read.error.issues.map(({ path }) => path.join('.') || 'body');
  throw new Refusal('malformed', { detail: [...new Set(fields)].join(', ') });
}
