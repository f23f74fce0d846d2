import type { QueueDefinition } from '@app/queues';
import type { Job } from 'bullmq';

/** Does the jobs of one queue. */
export interface JobProcessor<Payload extends object> {
  readonly queue: QueueDefinition<Payload>;
  /** Jobs in hand at the same time. */
  readonly concurrency: number;
  /**
   * Does one job. Throws to have it tried again later.
   *
   * @param token proves to BullMQ that the job is ours
   * @param stop is given when the process is to end: what has begun is finished, nothing more is begun
   */
  process(job: Job<Payload>, token: string | undefined, stop: AbortSignal): Promise<void>;
  /** A try has failed, and BullMQ has noted it down. */
  failed?(job: Job<Payload>, error: Error): void;
}
