import { z } from 'zod';
import type { QueueDefinition } from './queue-definition';
import { ring, ringLate, type RingableQueue } from './ring';

/** A portal was installed, updated or is to be repaired: bind its events, add its lines, read its users. */
export interface SetUpPortalJob {
  readonly portalId: string;
}

/** Set-ups of portals. One that has used up its tries is rung for again by the sweeper, since its wish stays. */
export const setUpPortalQueue: QueueDefinition<SetUpPortalJob> = {
  name: 'set-up-portal',
  payload: z.object({ portalId: z.uuid() }),
  retry: { attempts: 8, firstDelayMs: 1_000, longestDelayMs: 60_000 },
};

/** Tells the worker that a portal is to be set up. Throws when the queue is away; then the sweeper finds it. */
export async function ringSetUpPortal(queue: RingableQueue<SetUpPortalJob>, portalId: string): Promise<void> {
  await ring(queue, setUpPortalQueue.name, { portalId }, setUpPortalId(portalId));
}

/** Tells the worker of a set-up that seems to be forgotten. Throws when the queue is away. */
export async function ringLateSetUpPortal(
  queue: RingableQueue<SetUpPortalJob>,
  portalId: string,
): Promise<void> {
  await ringLate(queue, setUpPortalQueue.name, { portalId }, setUpPortalId(portalId));
}

function setUpPortalId(portalId: string): string {
  return `set-up-portal-${portalId}`;
}
