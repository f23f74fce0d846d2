import { contract } from '@app/bitrix24/contract';
import type { MethodContract } from '@app/bitrix24/contract';
import { z } from 'zod';
import { docs, text } from './forms';

const base = { auth: 'app-only', scopes: ['basic'] } as const;
const { refusals } = contract['event.offline.get'];

const offlineError = {
  ...base,
  page: docs('events/event-offline-error'),
  params: z.object({ process_id: z.string(), message_id: z.array(text).optional() }),
  result: z.boolean(),
  refusals,
} as const satisfies MethodContract;

export const eventMethods = {
  'event.offline.error': offlineError,
} as const;
