import { z } from 'zod';
import { oneOfNumbers, phpDate, phpId, phpMap, phpText, phpTextOrNull } from './lenient';
import { accessDenied, page } from './method-contract';
import type { MethodContract } from './method-contract';

const scalar = z.union([z.string(), z.number(), z.null()]);
/** `false` where there is nothing. */
const mapOrNull = z.union([phpMap(z.unknown()), z.literal(false).transform(() => null)]).catch(null);

/**
 * `event.offline.get`: takes events out of the portal's queue, oldest first; two readers never get the same ones.
 * Administrators only. The queue keeps one record per object, its last state, so it replaces no online event.
 *
 * With `clear: 1` (the default) what was returned is gone, also if the answer was lost on its way. With `clear: 0` it
 * is set aside under `process_id` until event.offline.clear, for 30 days at most; that mode exists on some plans only
 * (feature.get rest_offline_extended).
 */
export const eventOfflineGet = {
  page: page('events/event-offline-get'),
  auth: 'app-only',
  scopes: ['basic'],
  params: z.object({
    /** [operator]FIELD of ID, TIMESTAMP_X, EVENT_NAME, MESSAGE_ID. */
    filter: z.record(z.string(), z.union([scalar, z.array(scalar)])).optional(),
    /** Default TIMESTAMP_X: ASC. */
    order: z.record(z.string(), z.enum(['ASC', 'DESC'])).optional(),
    /** Default 50. */
    limit: phpId.optional(),
    clear: oneOfNumbers([0, 1]).optional(),
    /** Reads again what was set aside under this id and not cleared. */
    process_id: z.string().optional(),
    auth_connector: z.string().optional(),
    /** 1: those marked as failed, too. */
    error: oneOfNumbers([0, 1]).optional(),
  }),
  result: z.object({
    /** null if the records were deleted. */
    process_id: phpTextOrNull,
    events: z.array(
      z.object({
        ID: phpId,
        TIMESTAMP_X: phpDate,
        EVENT_NAME: phpText.transform((name) => name.toUpperCase()),
        /** What an online event has under `data`. */
        EVENT_DATA: mapOrNull,
        EVENT_ADDITIONAL: mapOrNull,
        MESSAGE_ID: phpText,
      }),
    ),
  }),
  refusals: { accessDenied: accessDenied('Access denied!') },
} as const satisfies MethodContract;
