import { contract } from '@app/bitrix24/contract';
import type { MethodContract } from '@app/bitrix24/contract';
import { z } from 'zod';
import { anyMap, docs, flag, pageStart, text } from './forms';

const base = { auth: 'app-only', scopes: ['basic'] } as const;
const { refusals } = contract['event.offline.get'];

const list = {
  ...base,
  page: docs('events/events'),
  params: z.object({ SCOPE: z.string().optional(), FULL: flag.optional() }),
  result: z.array(z.string()),
  refusals: {},
} as const satisfies MethodContract;

const offlineList = {
  ...base,
  page: docs('events/event-offline-list'),
  params: z.object({
    filter: anyMap.optional(),
    order: anyMap.optional(),
    start: pageStart.optional(),
    auth_connector: z.string().optional(),
  }),
  result: z.array(
    contract['event.offline.get'].result.shape.events.element.extend({
      PROCESS_ID: z.string(),
      ERROR: z.literal([0, 1]),
    }),
  ),
  refusals,
} as const satisfies MethodContract;

const offlineError = {
  ...base,
  page: docs('events/event-offline-error'),
  params: z.object({ process_id: z.string(), message_id: z.array(text).optional() }),
  result: z.boolean(),
  refusals,
} as const satisfies MethodContract;

export const eventMethods = {
  events: list,
  'event.offline.list': offlineList,
  'event.offline.error': offlineError,
} as const;
