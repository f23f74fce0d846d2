import { z } from 'zod';
import { phpFlag, phpIdOrNull, phpNumberOrNull, phpTextOrNull } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

/**
 * `app.info`: this application and the plan of the portal. Asked of the OAuth server instead of the portal it is the
 * check of a token that can be trusted.
 */
export const appInfo = {
  page: page('common/system/app-info'),
  auth: 'app-or-webhook',
  scopes: ['basic'],
  params: z.object({}),
  result: z.object({
    ID: phpIdOrNull,
    CODE: phpTextOrNull,
    VERSION: phpIdOrNull,
    /** L local, F free, D demo, T trial, P paid, S subscription. */
    STATUS: phpTextOrNull,
    /** False: no events and no widgets yet. */
    INSTALLED: phpFlag.optional(),
    PAYMENT_EXPIRED: phpFlag.optional(),
    /** Left of what was paid for; below 0 in the days of grace. */
    DAYS: phpNumberOrNull,
    LANGUAGE_ID: phpTextOrNull,
    /** <language>_<plan> */
    LICENSE: phpTextOrNull,
    LICENSE_TYPE: phpTextOrNull,
    /** `ent` on Enterprise plans: see `requestLimitOf`. */
    LICENSE_FAMILY: phpTextOrNull,
  }),
  refusals: {
    noApplication: {
      httpStatus: 400,
      code: 'ACCESS_DENIED',
      description: 'Access denied! Application context required',
    },
  },
} as const satisfies MethodContract;

/** A leaky bucket: refuses above `capacity` requests, loses `drainPerSecond`. */
export interface RequestLimit {
  readonly capacity: number;
  readonly drainPerSecond: number;
}

/** How many requests a portal takes, by its LICENSE_FAMILY (github.com/bitrix24/b24restdocs, limits.md). */
export function requestLimitOf(licenseFamily: string | null): RequestLimit {
  return licenseFamily?.toLowerCase() === 'ent'
    ? { capacity: 250, drainPerSecond: 5 }
    : { capacity: 50, drainPerSecond: 2 };
}
