import type { DocumentedRefusal } from '@app/bitrix24/contract';
import { z } from 'zod';

/** Address of a documentation page. */
export const docs = (path: string): string => `https://apidocs.bitrix24.com/api-reference/${path}.html`;

/** What a form body or a JSON body makes of a whole number, a flag and a text. */
export const wholeNumber = z
  .union([z.int().nonnegative(), z.string().regex(/^\d{1,15}$/)])
  .transform((value) => Number(value));
export const flag = z
  .union([z.boolean(), z.literal(['Y', 'N', '0', '1', 'true', 'false', '', 0, 1])])
  .transform((value) => value === true || value === 'Y' || value === 1 || value === '1' || value === 'true');
export const text = z.union([z.string(), z.number()]).transform((value) => String(value));
export const anyMap = z.record(z.string(), z.unknown());
/** Offset of a page; -1 skips counting. */
export const pageStart = z.union([wholeNumber, z.literal([-1, '-1'])]).transform(Number);

export const refusal = (httpStatus: number, code: string, description: string): DocumentedRefusal => ({
  httpStatus,
  code,
  description,
});
/** Some older methods refuse with an empty code. */
export const uncoded = (description: string): DocumentedRefusal => refusal(400, '', description);
