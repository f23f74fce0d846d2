import { z } from 'zod';
import { phpFlag, phpId } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';
import { portalUser } from './portal-user';

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
  result: z.array(portalUser),
  refusals: {},
} as const satisfies MethodContract;
