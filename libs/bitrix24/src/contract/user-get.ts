import { z } from 'zod';
import { phpDate, phpFlag, phpId, phpTextOrNull } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * `user.get`: the employees, 50 a page. The map of extensions: FILTER[ACTIVE]=true with UF_PHONE_INNER in `select`.
 * Which fields come depends on the scope (user_brief has the extension but no phones); those it may not give are left
 * out silently. Whether a user without an extension has null, '' or no key at all is not documented.
 */
export const userGet = {
  page: page('user/user-get'),
  auth: 'app-or-webhook',
  scopes: ['user', 'user_basic', 'user_brief'],
  params: z.object({
    /** Keys: [operator]FIELD; ACTIVE, ID, UF_PHONE_INNER, UF_DEPARTMENT, NAME_SEARCH, ... */
    FILTER: z.record(z.string(), z.union([scalar, z.array(scalar)])).optional(),
    sort: z.string().optional(),
    order: z.enum(['ASC', 'DESC']).optional(),
    select: z.array(z.string()).optional(),
    ADMIN_MODE: phpFlag.optional(),
    IMAGE_RESIZE: z.enum(['small', 'medium', 'large']).optional(),
    /** Offset, a multiple of 50; -1 skips counting. */
    start: z
      .union([phpId, z.literal([-1, '-1'])])
      .transform(Number)
      .optional(),
  }),
  result: z.array(
    z.object({
      ID: phpId,
      ACTIVE: phpFlag.optional(),
      NAME: phpTextOrNull,
      LAST_NAME: phpTextOrNull,
      SECOND_NAME: phpTextOrNull,
      EMAIL: phpTextOrNull,
      /** The extension; null when the user has none. */
      UF_PHONE_INNER: phpTextOrNull,
      WORK_PHONE: phpTextOrNull,
      PERSONAL_PHONE: phpTextOrNull,
      PERSONAL_MOBILE: phpTextOrNull,
      WORK_POSITION: phpTextOrNull,
      UF_DEPARTMENT: z.array(phpId).optional().catch(undefined),
      USER_TYPE: phpTextOrNull,
      TIMESTAMP_X: phpDate,
      LAST_ACTIVITY_DATE: phpDate,
    }),
  ),
  refusals: {},
} as const satisfies MethodContract;
