import { z } from 'zod';
import { phpFlag, phpId } from './lenient';
import { accessDenied, page } from './method-contract';
import type { MethodContract } from './method-contract';

/** `event.offline.clear`: deletes events that event.offline.get has set aside. Administrators only. */
export const eventOfflineClear = {
  page: page('events/event-offline-clear'),
  auth: 'app-only',
  scopes: ['basic'],
  params: z.object({
    process_id: z.string().min(1),
    /** Default: all of this process. */
    id: z.array(phpId).optional(),
    /** Ignored next to `id`. */
    message_id: z.array(z.string()).optional(),
  }),
  result: phpFlag,
  refusals: { accessDenied: accessDenied('Access denied!') },
} as const satisfies MethodContract;
