import { portalChoreQueue } from './portal-chore.queue';
import { portalEventQueue } from './portal-event.queue';
import type { QueueDefinition } from './queue-definition';
import { sendWaitingQueue } from './send-waiting.queue';
import { setUpPortalQueue } from './set-up-portal.queue';
import { syncCallQueue } from './sync-call.queue';

/**
 * Every queue of the worker (`dialClickQueue` is the gateways', one per switch). The worker does not start unless each has
 * exactly one processor.
 */
export const queues: readonly QueueDefinition<object>[] = [
  syncCallQueue,
  sendWaitingQueue,
  portalEventQueue,
  setUpPortalQueue,
  portalChoreQueue,
];
