import { z } from 'zod';
import type { QueueDefinition } from './queue-definition';
import { ring, ringLate, type RingableQueue } from './ring';

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
export type DoorbellQueue = RingableQueue<SyncCallJob>;

/**
 * Tells the worker that the facts of a call have changed; an answered call does not wait for the delay of a ringing one.
 *
 * @throws when the queue is away; then the sweeper finds the call
 */
export async function ringDoorbell(queue: DoorbellQueue, callId: string): Promise<void> {
  await ring(queue, syncCallQueue.name, { callId }, syncCallId(callId));
}

/**
 * Tells the worker of a call that seems to be forgotten. Changes nothing while there is any job of that call.
 *
 * @throws when the queue is away
 */
export async function ringLateDoorbell(queue: DoorbellQueue, callId: string): Promise<void> {
  await ringLate(queue, syncCallQueue.name, { callId }, syncCallId(callId));
}

/** The identity of a call's doorbell. */
export function syncCallId(callId: string): string {
  return `sync-call-${callId}`;
}
