import { z } from 'zod';
import type { QueueDefinition } from './queue-definition';
import { ring, ringLate, type RingableQueue } from './ring';

/** An event of a portal is in the inbox: handle it. What it says is read when the job is taken up. */
export interface PortalEventJob {
  readonly eventId: string;
}

/**
 * Events of portals. Tries go on for about a quarter of an hour: a portal that is away must not cost what it has told. An
 * event that has used them up is marked as failed, with the reason.
 */
export const portalEventQueue: QueueDefinition<PortalEventJob> = {
  name: 'portal-event',
  payload: z.object({ eventId: z.string().min(1) }),
  retry: { attempts: 12, firstDelayMs: 500, longestDelayMs: 120_000 },
};

/** Tells the worker of an event that was stored. Throws when the queue is away; then the sweeper finds it. */
export async function ringPortalEvent(queue: RingableQueue<PortalEventJob>, eventId: string): Promise<void> {
  await ring(queue, portalEventQueue.name, { eventId }, portalEventId(eventId));
}

/** Tells the worker of an event that seems to be forgotten. Throws when the queue is away. */
export async function ringLatePortalEvent(
  queue: RingableQueue<PortalEventJob>,
  eventId: string,
): Promise<void> {
  await ringLate(queue, portalEventQueue.name, { eventId }, portalEventId(eventId));
}

function portalEventId(eventId: string): string {
  return `portal-event-${eventId}`;
}
