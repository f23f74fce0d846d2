import { z } from 'zod';
import type { QueueDefinition } from './queue-definition';
import { ring, ringLate, type RingableQueue } from './ring';

/** The job of a portal: send for those who wait for turns of it. */
export interface SendWaitingJob {
  readonly portalId: string;
}

/**
 * Portals that steps wait for. One job sends for all of them, so that waiting takes no job and no worker. A job that has
 * used up its tries is no lost step: they wait in the database, and the sweeper rings again.
 */
export const sendWaitingQueue: QueueDefinition<SendWaitingJob> = {
  name: 'send-waiting',
  payload: z.object({ portalId: z.string().min(1) }),
  retry: { attempts: 8, firstDelayMs: 1_000, longestDelayMs: 30_000 },
};

/** All that ringing needs of a queue. */
export type PortalBell = RingableQueue<SendWaitingJob>;

/**
 * Somebody waits before whom nobody waits: the next turn may be earlier than was thought. As the doorbell of a call:
 * merges with a job that waits, has a running one followed by another, gets through to one that is delayed.
 *
 * @throws when the queue is away; then the sweeper finds who waits
 */
export async function ringPortal(queue: PortalBell, portalId: string): Promise<void> {
  await ring(queue, sendWaitingQueue.name, { portalId }, sendWaitingId(portalId));
}

/**
 * The sweeper's ring: changes nothing while there is any job of the portal.
 *
 * @throws when the queue is away
 */
export async function ringPortalLate(queue: PortalBell, portalId: string): Promise<void> {
  await ringLate(queue, sendWaitingQueue.name, { portalId }, sendWaitingId(portalId));
}

function sendWaitingId(portalId: string): string {
  return `send-waiting-${portalId}`;
}
