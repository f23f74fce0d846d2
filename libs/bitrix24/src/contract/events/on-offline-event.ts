import { z } from 'zod';
import { page } from '../method-contract';
import type { EventContract } from './event-contract';

/** Something waits in the offline queue: fetch it with event.offline.get. */
export const onOfflineEvent = {
  page: page('events/on-offline-event'),
  scopes: ['basic'],
  data: z.looseObject({}),
} as const satisfies EventContract;
