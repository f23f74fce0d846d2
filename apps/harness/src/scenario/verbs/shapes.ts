import { z } from 'zod';

/** Something that is so when it is said: "calls main hiding his number". */
export const said = z.literal(true).optional();

/** A SIP code; in a sentence it is a text. */
export const code = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{3}$/, 'a SIP code has three digits')
      .transform(Number),
  ])
  .pipe(z.int().min(300).max(699));

/** Digits that a phone can send in a talk. */
export const digits = z
  .union([z.string(), z.int().nonnegative()])
  .transform(String)
  .pipe(z.string().regex(/^[0-9*#A-D]{1,32}$/, 'a phone can press 0-9 * # A-D'));
