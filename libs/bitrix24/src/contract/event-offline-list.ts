import { z } from 'zod';
import { eventOfflineGet } from './event-offline-get';
import { phpFlag, phpId, phpText } from './lenient';
import { page } from './method-contract';
import type { MethodContract } from './method-contract';

/**
 * `event.offline.list`: looks into the portal's queue and changes nothing; 50 a page. Administrators only. It also shows
 * what event.offline.get has set aside for somebody who never came back (PROCESS_ID).
 */
export const eventOfflineList = {
  page: page('events/event-offline-list'),
  auth: 'app-only',
  scopes: ['basic'],
  params: z.object({
    /** As for event.offline.get, and by PROCESS_ID and ERROR. */
    filter: eventOfflineGet.params.shape.filter,
    /** Default ID: ASC. */
    order: eventOfflineGet.params.shape.order,
    /** Offset of the page; -1 skips counting. */
    start: z
      .union([phpId, z.literal([-1, '-1'])])
      .transform(Number)
      .optional(),
    auth_connector: z.string().optional(),
  }),
  result: z.array(
    eventOfflineGet.result.shape.events.element.extend({
      /** '' until it is set aside. */
      PROCESS_ID: phpText.catch('').default(''),
      ERROR: phpFlag.catch(false).default(false),
    }),
  ),
  refusals: eventOfflineGet.refusals,
} as const satisfies MethodContract;
