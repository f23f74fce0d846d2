import { z } from 'zod';
import { phpId, phpIdOrNull, phpTextOrNull } from './lenient';
import { page } from './method-contract';
import type { DocumentedRefusal, MethodContract } from './method-contract';

/** Kinds of CRM objects; from 128 on they are the portal's own. */
export const crmEntityTypeIds = { lead: 1, deal: 2, contact: 3, company: 4, quote: 7, invoice: 31 } as const;

const notFound = (description: string): DocumentedRefusal => ({
  httpStatus: 400,
  code: 'NOT_FOUND',
  description,
});

/** A phone or an address of an object. */
const multifield = z.object({
  id: phpIdOrNull,
  /** PHONE, EMAIL, ... */
  typeId: phpTextOrNull,
  /** WORK, MOBILE, ... */
  valueType: phpTextOrNull,
  value: phpTextOrNull,
});

/** `crm.item.get`: one object of the CRM with all its fields, of which those in use are typed. Names are camelCase. */
export const crmItemGet = {
  page: page('crm/universal/crm-item-get'),
  auth: 'app-or-webhook',
  scopes: ['crm'],
  params: z.object({
    entityTypeId: phpId,
    id: phpId,
    useOriginalUfNames: z.enum(['Y', 'N']).optional(),
  }),
  result: z.object({
    item: z.looseObject({
      id: phpId,
      title: phpTextOrNull,
      name: phpTextOrNull,
      lastName: phpTextOrNull,
      /** The responsible user. */
      assignedById: phpIdOrNull,
      companyId: phpIdOrNull,
      contactId: phpIdOrNull,
      contactIds: z.array(phpId).optional().catch(undefined),
      observers: z.array(phpId).optional().catch(undefined),
      stageId: phpTextOrNull,
      phone: phpTextOrNull,
      phoneWork: phpTextOrNull,
      fm: z.array(multifield).optional().catch(undefined),
    }),
  }),
  refusals: {
    typeNotFound: notFound('SPA not found'),
    itemNotFound: notFound('Item not found'),
    accessDenied: {
      httpStatus: 400,
      code: 'ACCESS_DENIED',
      description: 'You do not have permission to view this item',
    },
    onlyIntranet: {
      httpStatus: 403,
      code: 'allowed_only_intranet_user',
      description: 'Action is allowed only to intranet users',
    },
  },
} as const satisfies MethodContract;
