import { z } from 'zod';
import { crmEntityTypes, portalCallType } from './call-enums';
import { oneOfNumbers, phpId, phpIdOrNull, phpTextOrNull } from './lenient';
import { errorCore, page } from './method-contract';
import type { MethodContract } from './method-contract';
import { commonRefusals } from './common-refusals';

/**
 * `telephony.externalCall.register`: makes a call known to the portal, finds or creates its client, opens the card.
 * Once per physical call; further people get the card by show. No CRM activity exists before finish.
 *
 * Repeating it within 30 minutes with the same app, user, PHONE_NUMBER, TYPE, LINE_NUMBER and EXTERNAL_CALL_ID gives
 * the same CALL_ID while the call is unfinished; CRM_ENTITY_* and CALL_START_DATE are not part of that key. Without
 * EXTERNAL_CALL_ID two parallel calls of the same parties share one CALL_ID.
 */
export const externalCallRegister = {
  page: page('telephony/telephony-external-call-register'),
  auth: 'app-only',
  scopes: ['telephony'],
  params: z
    .object({
      USER_ID: phpId.optional(),
      /** The extension, instead of USER_ID. Which one wins when both are sent is not documented: send one. */
      USER_PHONE_INNER: z.string().optional(),
      /** The client's number, in either direction; international form. */
      PHONE_NUMBER: z.string(),
      TYPE: portalCallType,
      /** ISO-8601 with a UTC offset; default is the moment of the request. */
      CALL_START_DATE: z.iso.datetime({ offset: true }).optional(),
      /** Default 0. */
      CRM_CREATE: oneOfNumbers([0, 1]).optional(),
      CRM_SOURCE: z.string().optional(),
      CRM_ENTITY_TYPE: z.enum(crmEntityTypes).optional(),
      CRM_ENTITY_ID: phpId.optional(),
      /** Default 1. */
      SHOW: oneOfNumbers([0, 1]).optional(),
      /** Default 1. */
      ADD_TO_CHAT: oneOfNumbers([0, 1]).optional(),
      CALL_LIST_ID: phpId.optional(),
      LINE_NUMBER: z.string().optional(),
      EXTERNAL_CALL_ID: z.string().optional(),
    })
    .refine((params) => params.USER_ID !== undefined || params.USER_PHONE_INNER !== undefined, {
      message: 'USER_ID or USER_PHONE_INNER should be set',
    }),
  result: z.object({
    /** externalCall.<32 hex>.<unix time> */
    CALL_ID: z.string().min(1),
    CRM_CREATED_LEAD: phpIdOrNull,
    CRM_CREATED_ENTITIES: z
      .array(z.object({ ENTITY_TYPE: z.string(), ENTITY_ID: phpId }))
      .optional()
      .default([]),
    CRM_ENTITY_TYPE: phpTextOrNull,
    CRM_ENTITY_ID: phpIdOrNull,
    /** A soft error: the call is registered, only its lead could not be made. */
    LEAD_CREATION_ERROR: phpTextOrNull,
  }),
  refusals: {
    wrongAuthType: commonRefusals.WRONG_AUTH_TYPE,
    userNotSet: errorCore('USER_ID or USER_PHONE_INNER should be set'),
    unknownType: errorCore('Unknown TYPE'),
    badStartDate: errorCore('CALL_START_DATE should be in the ISO-8601 format'),
    badPhoneNumber: errorCore('Unsupported phone number format'),
    userNotFound: errorCore('User is not found or is not active'),
  },
} as const satisfies MethodContract;
