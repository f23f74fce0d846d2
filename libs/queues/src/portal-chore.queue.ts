import { z } from 'zod';
import type { QueueDefinition } from './queue-definition';
import { ring, ringLate, type RingableQueue } from './ring';

/** Something that is done for a portal again and again is due: see ChoreStore. */
export interface PortalChoreJob {
  readonly portalId: string;
  readonly chore: 'read-users' | 'fetch-offline-events';
}

/** Chores of portals. One that has used up its tries is put off for a quarter of an hour, and rung for then. */
export const portalChoreQueue: QueueDefinition<PortalChoreJob> = {
  name: 'portal-chore',
  payload: z.object({ portalId: z.uuid(), chore: z.enum(['read-users', 'fetch-offline-events']) }),
  retry: { attempts: 5, firstDelayMs: 1_000, longestDelayMs: 30_000 },
};

/** Tells the worker that a chore is wanted now. Throws when the queue is away; then the sweeper finds it. */
export async function ringPortalChore(
  queue: RingableQueue<PortalChoreJob>,
  job: PortalChoreJob,
): Promise<void> {
  await ring(queue, portalChoreQueue.name, job, portalChoreId(job));
}

/** Tells the worker of a chore whose time has come. Throws when the queue is away. */
export async function ringLatePortalChore(
  queue: RingableQueue<PortalChoreJob>,
  job: PortalChoreJob,
): Promise<void> {
  await ringLate(queue, portalChoreQueue.name, job, portalChoreId(job));
}

function portalChoreId({ portalId, chore }: PortalChoreJob): string {
  return `portal-chore-${chore}-${portalId}`;
}
