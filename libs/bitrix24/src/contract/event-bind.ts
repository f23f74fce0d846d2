import { z } from 'zod';
import { phpFlag, phpId } from './lenient';
import { accessDenied, page, withoutCode } from './method-contract';
import type { MethodContract } from './method-contract';

/**
 * `event.bind`: from now on the portal tells this address of an event. Nothing is delivered before the installation is
 * finished, and an update of the application wipes all bindings.
 */
export const eventBind = {
  page: page('events/event-bind'),
  auth: 'app-only',
  scopes: ['basic'],
  params: z
    .object({
      /** Upper case, as the event itself has it. */
      event: z.string().min(1),
      /** Public address; needed unless `event_type` is offline. */
      handler: z.string().optional(),
      /** Whose tokens come with the event; default: of the user who caused it. Others than oneself: administrators only. */
      auth_type: z.union([phpId, z.literal('')]).optional(),
      /** `offline`: the portal keeps the event until it is fetched (event.offline.get). Administrators only. */
      event_type: z.enum(['online', 'offline']).optional(),
      /** Names the source, so that its own changes are not told to it; Professional plan and up. */
      auth_connector: z.string().optional(),
      /** `minTimeout`, s, default 1: how often ONOFFLINEEVENT may come. */
      options: z.looseObject({ minTimeout: phpId.optional() }).optional(),
    })
    .refine((params) => params.event_type === 'offline' || params.handler !== undefined, {
      message: 'handler should be set',
    }),
  result: phpFlag,
  refusals: {
    eventNotFound: { httpStatus: 400, code: 'ERROR_EVENT_NOT_FOUND', description: 'Event not found' },
    offlineNeedsAdmin: accessDenied(
      'Access denied! Offline events binding requires administrator access rights',
    ),
    authTypeNeedsAdmin: accessDenied(
      'Access denied! Event binding with AUTH_TYPE requires administrator access rights',
    ),
    /** The same address is already bound. The page gives no code. */
    alreadyBound: withoutCode('Unable to set event handler'),
  },
} as const satisfies MethodContract;
