import type { JobsOptions } from 'bullmq';
import { z } from 'zod';
import type { QueueDefinition } from './queue-definition';

/** The job of a doorbell: look at this call. It carries no facts, those are read when it is taken up. */
export interface SyncCallJob {
  readonly callId: string;
}

/**
 * Doorbells of calls. A job that has used up its tries (after about a minute) is no lost call: the worker has noted
 * down by then when to look again, and the sweeper rings.
 */
export const syncCallQueue: QueueDefinition<SyncCallJob> = {
  name: 'sync-call',
  payload: z.object({ callId: z.string().min(1) }),
  retry: { attempts: 8, firstDelayMs: 1_000, longestDelayMs: 30_000 },
};

/** All that ringing needs of a queue. */
export interface DoorbellQueue {
  add(name: string, data: SyncCallJob, options?: JobsOptions): Promise<unknown>;
}

/**
 * Tells the worker that the facts of a call have changed. At most one job per call exists besides the one that runs:
 * - nothing is there: a job is made;
 * - one waits: it will read the newest facts anyway;
 * - one runs: another run follows (`keepLastIfActive`);
 * - one is delayed: it runs now (`reschedule`), because an answered call cannot wait for the delay of a ringing one.
 *
 * @throws when the queue is away; then the sweeper finds the call
 */
export async function ringDoorbell(queue: DoorbellQueue, callId: string): Promise<void> {
  await ring(queue, callId, { id: syncCallId(callId), keepLastIfActive: true, reschedule: true });
}

/**
 * Tells the worker of a call that seems to be forgotten. Changes nothing while there is any job of that call: a delay
 * has its reason, and nothing is new.
 *
 * @throws when the queue is away
 */
export async function ringLateDoorbell(queue: DoorbellQueue, callId: string): Promise<void> {
  await ring(queue, callId, { id: syncCallId(callId) });
}

/**
 * The identity of a call's doorbell. It is the deduplication's and not the job's: BullMQ takes the second job of an id
 * for a repetition of the first and drops it, also while the first is running and the ring means something new.
 */
export function syncCallId(callId: string): string {
  return `sync-call-${callId}`;
}

async function ring(
  queue: DoorbellQueue,
  callId: string,
  deduplication: NonNullable<JobsOptions['deduplication']>,
): Promise<void> {
  await queue.add(syncCallQueue.name, { callId }, { deduplication });
}
