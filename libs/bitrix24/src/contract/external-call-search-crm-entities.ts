import { z } from 'zod';
import { timemanStatuses } from './call-enums';
import { phpId, phpTextOrNull } from './lenient';
import { errorCore, page } from './method-contract';
import type { MethodContract } from './method-contract';

/**
 * `telephony.externalCall.searchCrmEntities`: who calls, who is responsible for him and whether that person is at
 * work. Ordered by the portal's own priority: the first one is the default. Deals are not returned.
 */
export const externalCallSearchCrmEntities = {
  page: page('telephony/telephony-external-call-search-crm-entities'),
  auth: 'app-or-webhook',
  scopes: ['telephony'],
  params: z.object({ PHONE_NUMBER: z.string() }),
  result: z.array(
    z.object({
      /** CONTACT, LEAD or COMPANY; a plain text, so that a new kind does not break routing. */
      CRM_ENTITY_TYPE: z.string(),
      CRM_ENTITY_ID: phpId,
      ASSIGNED_BY_ID: phpId,
      NAME: phpTextOrNull,
      ASSIGNED_BY: z
        .object({
          ID: phpId,
          TIMEMAN_STATUS: z.enum(timemanStatuses).nullable().catch(null),
          USER_PHONE_INNER: phpTextOrNull,
          WORK_PHONE: phpTextOrNull,
          PERSONAL_PHONE: phpTextOrNull,
          PERSONAL_MOBILE: phpTextOrNull,
        })
        .nullable()
        .catch(null),
    }),
  ),
  refusals: {
    phoneNumberEmpty: errorCore('PHONE_NUMBER is empty'),
    crmNotInstalled: errorCore('CRM is not installed.'),
  },
} as const satisfies MethodContract;
