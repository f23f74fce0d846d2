import { z } from 'zod';
import { phpDate, phpId, phpIdOrNull, phpNumberOrNull, phpTextOrNull } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

/** Fields of a statistics row, all of which FILTER takes; SORT takes them too, except CALL_TYPE. */
// prettier-ignore
export const statisticFields = [
  'ID', 'CALL_ID', 'EXTERNAL_CALL_ID', 'CALL_CATEGORY', 'PORTAL_USER_ID', 'PORTAL_NUMBER', 'PHONE_NUMBER',
  'CALL_TYPE', 'CALL_DURATION', 'CALL_START_DATE', 'CALL_LOG', 'CALL_RECORD_URL', 'CALL_VOTE', 'COST',
  'COST_CURRENCY', 'CALL_FAILED_CODE', 'CALL_FAILED_REASON', 'CRM_ENTITY_TYPE', 'CRM_ENTITY_ID',
  'CRM_ACTIVITY_ID', 'REST_APP_ID', 'REST_APP_NAME', 'TRANSCRIPT_ID', 'TRANSCRIPT_PENDING', 'SESSION_ID',
  'REDIAL_ATTEMPT', 'COMMENT', 'RECORD_DURATION',
] as const;

/** A FILTER key is [operator]FIELD, e.g. `>=CALL_START_DATE`. */
const filterKey = z
  .string()
  .regex(new RegExp(`^(!|>=|>|<=|<|><|!><|\\?|=|!=|%|!%)?(${statisticFields.join('|')})$`));
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * `voximplant.statistic.get`: the finished calls, 50 rows a page. FILTER[CALL_ID] or FILTER[EXTERNAL_CALL_ID] tells
 * whether a finish whose answer was lost has worked. On the wire every value is a string or null.
 */
export const voximplantStatisticGet = {
  page: page('telephony/voximplant/voximplant-statistic-get'),
  auth: 'app-or-webhook',
  scopes: ['telephony'],
  params: z.object({
    FILTER: z.record(filterKey, z.union([scalar, z.array(scalar)])).optional(),
    SORT: z.enum(statisticFields).exclude(['CALL_TYPE']).optional(),
    ORDER: z.enum(['ASC', 'DESC']).optional(),
    /** Offset, a multiple of 50; -1 skips counting. */
    start: z
      .union([phpId, z.literal([-1, '-1'])])
      .transform(Number)
      .optional(),
  }),
  result: z.array(
    z.object({
      ID: phpId,
      CALL_ID: z.string().min(1),
      EXTERNAL_CALL_ID: phpTextOrNull,
      CALL_CATEGORY: phpTextOrNull,
      PORTAL_USER_ID: phpIdOrNull,
      PORTAL_NUMBER: phpTextOrNull,
      PHONE_NUMBER: phpTextOrNull,
      CALL_TYPE: phpNumberOrNull,
      /** s */
      CALL_DURATION: phpNumberOrNull,
      CALL_START_DATE: phpDate,
      CALL_LOG: phpTextOrNull,
      CALL_RECORD_URL: phpTextOrNull,
      CALL_VOTE: phpNumberOrNull,
      COST: phpNumberOrNull,
      COST_CURRENCY: phpTextOrNull,
      CALL_FAILED_CODE: phpTextOrNull,
      CALL_FAILED_REASON: phpTextOrNull,
      CRM_ENTITY_TYPE: phpTextOrNull,
      CRM_ENTITY_ID: phpIdOrNull,
      CRM_ACTIVITY_ID: phpIdOrNull,
      REST_APP_ID: phpIdOrNull,
      REST_APP_NAME: phpTextOrNull,
      TRANSCRIPT_ID: phpIdOrNull,
      TRANSCRIPT_PENDING: phpTextOrNull,
      SESSION_ID: phpTextOrNull,
      REDIAL_ATTEMPT: phpNumberOrNull,
      COMMENT: phpTextOrNull,
      /** s */
      RECORD_DURATION: phpNumberOrNull,
      /** Set after attachRecord. */
      RECORD_FILE_ID: phpIdOrNull,
    }),
  ),
  refusals: { accessDenied: { httpStatus: 403, code: 'ACCESS_DENIED', description: 'Access denied!' } },
} as const satisfies MethodContract;
