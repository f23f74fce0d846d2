import { contract } from '@app/bitrix24/contract';
import type { MethodContract } from '@app/bitrix24/contract';
import { z } from 'zod';
import { anyMap, docs, pageStart, refusal, text, uncoded, wholeNumber } from './forms';

const base = { auth: 'app-or-webhook', scopes: ['crm'] } as const;
const oneItem = contract['crm.item.get'];

const itemList = {
  ...base,
  page: docs('crm/universal/crm-item-list'),
  params: z.object({
    entityTypeId: wholeNumber,
    select: z.array(z.string()).optional(),
    filter: anyMap.optional(),
    order: z.record(z.string(), z.string()).optional(),
    start: pageStart.optional(),
    useOriginalUfNames: z.enum(['Y', 'N']).optional(),
  }),
  result: z.object({ items: z.array(oneItem.result.shape.item) }),
  refusals: {
    typeNotFound: oneItem.refusals.typeNotFound,
    /** {field} is what was sent. */
    filterNotAllowed: refusal(
      400,
      'INVALID_ARG_VALUE',
      "Invalid filter: field '{field}' is not allowed in filter",
    ),
    orderNotAllowed: refusal(
      400,
      'INVALID_ARG_VALUE',
      "Invalid order: field '{field}' is not allowed in order",
    ),
  },
} as const satisfies MethodContract;

const ids = z.array(z.int()).optional();

const findByComm = {
  ...base,
  page: docs('crm/duplicates/crm-duplicate-find-by-comm'),
  params: z.object({
    type: z.string().optional(),
    values: z.array(text).optional(),
    entity_type: z.enum(['LEAD', 'CONTACT', 'COMPANY']).optional(),
  }),
  /** Nothing found is an empty list of PHP, not an empty object. */
  result: z.union([z.tuple([]), z.object({ LEAD: ids, CONTACT: ids, COMPANY: ids })]),
  refusals: {
    accessDenied: refusal(403, '', 'Access denied'),
    noType: uncoded('Communication type is not defined'),
    /** {type} is what was sent. */
    unknownType: uncoded("Communication type '{type}' is not supported in current context"),
    noValues: uncoded('Communication values is not defined'),
  },
} as const satisfies MethodContract;

export const crmMethods = {
  'crm.item.list': itemList,
  'crm.duplicate.findbycomm': findByComm,
} as const;
