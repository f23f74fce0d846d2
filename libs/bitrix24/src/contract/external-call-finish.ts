import { z } from 'zod';
import { portalStatusCode } from './call-enums';
import { commonRefusals } from './common-refusals';
import {
  oneOfNumbers,
  phpDate,
  phpId,
  phpIdOrNull,
  phpMap,
  phpNumber,
  phpNumberOrNull,
  phpTextOrNull,
} from './lenient';
import { errorCore, page } from './method-contract';
import type { MethodContract } from './method-contract';

/**
 * `telephony.externalCall.finish`: closes the cards, writes the statistics row, files the call with its client. Once
 * per CALL_ID: the second time the call "is not found", which after a lost answer means that the first one worked.
 * The user given here becomes responsible for what the call itself created in the CRM.
 */
export const externalCallFinish = {
  page: page('telephony/telephony-external-call-finish'),
  auth: 'app-only',
  scopes: ['telephony'],
  params: z
    .object({
      /** Must be a JSON string. */
      CALL_ID: z.string(),
      USER_ID: phpId.optional(),
      USER_PHONE_INNER: z.string().optional(),
      /** Talk time, s; default 0. */
      DURATION: phpId.optional(),
      COST: phpNumber.optional(),
      COST_CURRENCY: z.string().optional(),
      /** Default: 200 if DURATION > 0, else 304. */
      STATUS_CODE: portalStatusCode.optional(),
      FAILED_REASON: z.string().optional(),
      /** 0 or null: no rating. */
      VOTE: oneOfNumbers([0, 1, 2, 3, 4, 5]).nullish(),
      /** Default 1, but 0 before March 2026: always send it. */
      ADD_TO_CHAT: oneOfNumbers([0, 1]).optional(),
    })
    .refine((params) => params.USER_ID !== undefined || params.USER_PHONE_INNER !== undefined, {
      message: 'USER_ID or USER_PHONE_INNER should be set',
    }),
  /** The saved statistics row. Only its CALL_ID is vital: a call is not lost because a cost could not be read. */
  result: z.object({
    CALL_ID: z.string().min(1),
    ID: phpIdOrNull,
    EXTERNAL_CALL_ID: phpTextOrNull,
    PORTAL_USER_ID: phpIdOrNull,
    PHONE_NUMBER: phpTextOrNull,
    /** The line; the literal `REST_APP:` for a call without one. */
    PORTAL_NUMBER: phpTextOrNull,
    /** The call type. */
    INCOMING: phpTextOrNull,
    /** s */
    CALL_DURATION: phpNumberOrNull,
    CALL_START_DATE: phpDate,
    /** 1 successful, 0 failed or missed. */
    CALL_STATUS: phpNumberOrNull,
    CALL_VOTE: phpNumberOrNull,
    COST: phpNumberOrNull,
    COST_CURRENCY: phpTextOrNull,
    /** The status code that counts. A plain text here: the list may grow. */
    CALL_FAILED_CODE: phpTextOrNull,
    CALL_FAILED_REASON: phpTextOrNull,
    REST_APP_ID: phpIdOrNull,
    REST_APP_NAME: phpTextOrNull,
    CRM_ACTIVITY_ID: phpIdOrNull,
    COMMENT: phpTextOrNull,
    CRM_ENTITY_TYPE: phpTextOrNull,
    CRM_ENTITY_ID: phpIdOrNull,
    /** Further processing errors; their form is not documented. */
    ERRORS: phpMap(z.unknown()).optional().catch(undefined),
  }),
  refusals: {
    wrongAuthType: commonRefusals.WRONG_AUTH_TYPE,
    callIdNotText: { httpStatus: 400, code: 'INVALID_ARGUMENT', description: 'CALL_ID must be a string' },
    userNotSet: errorCore('USER_ID or USER_PHONE_INNER should be set'),
    callNotFound: errorCore('Call is not found (call should be registered prior to finishing)'),
    userNotFound: errorCore('User is not found or is not active'),
    databaseError: errorCore('Unexpected database error'),
  },
} as const satisfies MethodContract;
