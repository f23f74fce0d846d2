import type { Job } from 'bullmq';
import type { Logger } from '@app/observability';
import { sendWaitingQueue, type SendWaitingJob } from '@app/queues';
import { sendWaiting, type SendWaitingDeps, type WaitingEnd } from '@app/sync';
import type { JobProcessor } from '../jobs/job-processor';
import { putAside } from '../jobs/put-aside';

/** Portals that are served at the same time. A job takes no more than the places of its own portal. */
const PORTALS_AT_ONCE = 100;

/**
 * How long a job stays aside at most, ms. A ring that comes just while it is put aside is not heard, and whoever rang may
 * be more urgent than the one whose turn it waits for.
 */
const LONGEST_ASIDE_MS = 1_000;

/**
 * Works the bell of a portal off: sends for the steps that wait for their turns. Between two turns the job is put aside,
 * so that waiting takes no worker. When a request fails as a whole BullMQ tries again, after its growing delay.
 */
export class SendWaitingProcessor implements JobProcessor<SendWaitingJob> {
  readonly queue = sendWaitingQueue;
  readonly concurrency = PORTALS_AT_ONCE;
  /** Portals whose last run failed here: the number of tries that BullMQ counts says nothing about the last one. */
  readonly #failedLast = new Set<string>();

  constructor(
    private readonly deps: SendWaitingDeps,
    private readonly log: Logger,
  ) {}

  async process(job: Job<SendWaitingJob>, token: string | undefined, stop: AbortSignal): Promise<void> {
    const end = await this.#send(job.data.portalId, stop);
    switch (end.kind) {
      case 'nobody':
        return;
      case 'interrupted':
        return putAside(job, token, this.deps.now());
      case 'wait':
        return putAside(job, token, Math.min(end.until, this.deps.now() + LONGEST_ASIDE_MS));
    }
  }

  async #send(portalId: string, signal: AbortSignal): Promise<WaitingEnd> {
    const isCautious = this.#failedLast.has(portalId);
    this.#failedLast.add(portalId);
    const end = await sendWaiting(this.deps, portalId, { signal, isCautious });
    this.#failedLast.delete(portalId);
    return end;
  }

  failed({ data: { portalId }, attemptsMade }: Job<SendWaitingJob>, error: Error): void {
    this.log.warn({ portalId, attempt: attemptsMade, err: error }, 'a portal could not be sent to');
  }
}
