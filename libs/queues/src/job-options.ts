import type { JobsOptions } from 'bullmq';
import type { QueueDefinition } from './queue-definition';

/** What BullMQ is told of every job of a queue. */
export function jobOptions({ retry }: QueueDefinition<object>): JobsOptions {
  return {
    attempts: retry.attempts,
    backoff: { type: 'custom' },
    removeOnComplete: true,
    // Failed jobs are looked at by people, if at all: their calls are in the database with the reason.
    removeOnFail: { count: 1000 },
  };
}
