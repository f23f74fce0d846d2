import type { JobsOptions } from 'bullmq';

/** All that ringing needs of a queue. */
export interface RingableQueue<Payload> {
  add(name: string, data: Payload, options?: JobsOptions): Promise<unknown>;
}

/**
 * Tells whoever works the queue off that something is new. At most one job per identity exists besides the one that runs:
 * - nothing is there: a job is made;
 * - one waits: it will read the newest state anyway;
 * - one runs: another run follows (`keepLastIfActive`);
 * - one is delayed: it runs now (`reschedule`), because what is new may be why it was delayed.
 *
 * @param id identity of what is new, and not of the job: BullMQ takes the second job of an id for a repetition of the first
 *   and drops it, also while the first is running and the ring means something new
 * @throws when the queue is away; then a sweeper finds it
 */
export async function ring<Payload>(
  queue: RingableQueue<Payload>,
  name: string,
  payload: Payload,
  id: string,
): Promise<void> {
  await queue.add(name, payload, { deduplication: { id, keepLastIfActive: true, reschedule: true } });
}

/**
 * Tells of what seems to be forgotten. Changes nothing while there is any job of that identity: a delay has its reason, and
 * nothing is new.
 *
 * @throws when the queue is away
 */
export async function ringLate<Payload>(
  queue: RingableQueue<Payload>,
  name: string,
  payload: Payload,
  id: string,
): Promise<void> {
  await queue.add(name, payload, { deduplication: { id } });
}
