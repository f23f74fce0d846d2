import { z } from 'zod';
import { phpId, phpIdOrNull } from './lenient';
import { page, withoutCode } from './method-contract';
import type { MethodContract } from './method-contract';

/**
 * `crm.lead.get`, `crm.contact.get`, `crm.company.get`: one client of the CRM. Deprecated in favour of `crm.item.get`, which
 * an old portal may not have. Names are UPPER_CASE, of the fields those in use are typed.
 */
const clientGet = (path: string) =>
  ({
    page: page(path),
    auth: 'app-or-webhook',
    scopes: ['crm'],
    params: z.object({ id: phpId }),
    result: z.looseObject({
      ID: phpId,
      /** The responsible user. */
      ASSIGNED_BY_ID: phpIdOrNull,
    }),
    refusals: {
      badId: withoutCode('ID is not defined or invalid'),
      accessDenied: withoutCode('Access denied'),
      notFound: withoutCode('Not found'),
    },
  }) as const satisfies MethodContract;

export const crmLeadGet = clientGet('crm/leads/crm-lead-get');
export const crmContactGet = clientGet('crm/contacts/crm-contact-get');
export const crmCompanyGet = clientGet('crm/companies/crm-company-get');
