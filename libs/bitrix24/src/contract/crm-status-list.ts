import { z } from 'zod';
import { phpFlag, phpId, phpMap, phpNumberOrNull, phpText, phpTextOrNull } from './lenient';
import { page, withoutCode } from './method-contract';
import type { MethodContract } from './method-contract';

const scalar = z.union([z.string(), z.number(), z.null()]);

/** `crm.status.list`: dictionaries of the CRM. With ENTITY_ID=SOURCE, the values that CRM_SOURCE of register takes. */
export const crmStatusList = {
  page: page('crm/status/crm-status-list'),
  auth: 'app-or-webhook',
  scopes: ['crm'],
  params: z.object({
    order: z.record(z.string(), z.enum(['ASC', 'DESC'])).optional(),
    filter: z.record(z.string(), z.union([scalar, z.array(scalar)])).optional(),
  }),
  result: z.array(
    z.object({
      ID: phpId,
      ENTITY_ID: phpText,
      STATUS_ID: phpText,
      NAME: phpTextOrNull,
      NAME_INIT: phpTextOrNull,
      SORT: phpNumberOrNull,
      SYSTEM: phpFlag.optional(),
      CATEGORY_ID: phpTextOrNull,
      COLOR: phpTextOrNull,
      SEMANTICS: phpTextOrNull,
      EXTRA: phpMap(z.unknown()).optional().catch(undefined),
    }),
  ),
  refusals: {
    accessDenied: withoutCode('Access denied.'),
    invalidParameters: withoutCode('Invalid parameters.'),
  },
} as const satisfies MethodContract;
