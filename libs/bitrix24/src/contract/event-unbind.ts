import { z } from 'zod';
import { phpId } from './lenient';
import { accessDenied, page } from './method-contract';
import type { MethodContract } from './method-contract';

/** `event.unbind`: the portal no longer tells this address of an event. */
export const eventUnbind = {
  page: page('events/event-unbind'),
  auth: 'app-only',
  scopes: ['basic'],
  params: z.object({
    event: z.string().min(1),
    /** As it was bound, to the letter. */
    handler: z.string(),
    /** 0 or empty: only what was bound without a user. */
    auth_type: z.union([phpId, z.literal('')]).optional(),
    event_type: z.enum(['online', 'offline']).optional(),
  }),
  result: z.object({ count: phpId }),
  refusals: {
    offlineNeedsAdmin: accessDenied(
      'Access denied! Offline events unbinding requires administrator access rights',
    ),
    authTypeNeedsAdmin: accessDenied(
      'Access denied! Event unbinding with AUTH_TYPE requires administrator access rights',
    ),
  },
} as const satisfies MethodContract;
