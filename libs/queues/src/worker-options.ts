import { UnrecoverableError, type Job, type Processor, type WorkerOptions } from 'bullmq';
import type { QueueDefinition } from './queue-definition';
import { backoffMs } from './retry-policy';
import type { WorkerSettings } from './queue-backend';

/**
 * BullMQ counts how often a worker died over a job and by default fails the job the second time. A job of ours is
 * harmless to repeat and must not be lost to a restart of all workers.
 */
const MOST_STALLS = 1000;
const LOCK_MS = 30_000;

/** What BullMQ is told of a worker, without its connection. */
export function workerOptions<Payload extends object>(
  { retry }: QueueDefinition<Payload>,
  settings: WorkerSettings<Payload>,
): Omit<WorkerOptions, 'connection'> {
  const { concurrency, lockDurationMs = LOCK_MS, neverRenewsLocks = false } = settings;
  return {
    concurrency,
    maxStalledCount: MOST_STALLS,
    lockDuration: lockDurationMs,
    stalledInterval: lockDurationMs,
    skipLockRenewal: neverRenewsLocks,
    settings: { backoffStrategy: (attemptsMade) => backoffMs(retry, attemptsMade) },
  };
}

/** A processor that gets only payloads it understands; a job with another one fails at once and for good. */
export function checkedProcessor<Payload extends object>(
  { name, payload }: QueueDefinition<Payload>,
  processor: Processor<Payload, void>,
): Processor<Payload, void> {
  return async (job: Job<Payload, void>, token?: string) => {
    const checked = payload.safeParse(job.data);
    if (!checked.success)
      throw new UnrecoverableError(`${name}: a job with a payload that nobody understands`);
    await processor(job, token);
  };
}
