import { portalChoreQueue } from './portal-chore.queue';
import { portalEventQueue } from './portal-event.queue';
import type { QueueDefinition } from './queue-definition';
import { setUpPortalQueue } from './set-up-portal.queue';
import { syncCallQueue } from './sync-call.queue';

/** Every queue there is. The worker does not start unless each has exactly one processor. */
export const queues: readonly QueueDefinition<object>[] = [
  syncCallQueue,
  portalEventQueue,
  setUpPortalQueue,
  portalChoreQueue,
];
