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

const settingsMode = {
  ...base,
  page: docs('crm/crm-settings-mode-get'),
  params: z.object({}),
  /** 1: with leads; 2: without. It tells what CRM_CREATE will create. */
  result: z.literal([1, 2]),
  refusals: {},
} as const satisfies MethodContract;

/** UPPER_CASE, ids as strings; FILES and COMMUNICATIONS if they are selected. */
const activity = z.looseObject({ ID: z.string() });

const activityGet = {
  ...base,
  page: docs('crm/timeline/activities/activity-base/crm-activity-get'),
  params: z.object({ id: wholeNumber }),
  result: activity,
  refusals: {
    notFound: uncoded('Activity is not found'),
    accessDenied: uncoded('Access denied.'),
  },
} as const satisfies MethodContract;

const activityList = {
  ...base,
  page: docs('crm/timeline/activities/activity-base/crm-activity-list'),
  params: z.object({
    select: z.array(z.string()).optional(),
    filter: anyMap.optional(),
    order: z.record(z.string(), z.string()).optional(),
    start: pageStart.optional(),
  }),
  result: z.array(activity),
  /** The page lists none; that of crm.activity.get has this one. */
  refusals: { accessDenied: uncoded('Access denied.') },
} as const satisfies MethodContract;

export const crmMethods = {
  'crm.item.list': itemList,
  'crm.duplicate.findbycomm': findByComm,
  'crm.settings.mode.get': settingsMode,
  'crm.activity.get': activityGet,
  'crm.activity.list': activityList,
} as const;
