import type { Job } from 'bullmq';
import type { Logger } from '@app/observability';
import { portalEventQueue, type PortalEventJob } from '@app/queues';
import type { PortalEventStore } from '@app/store';
import type { JobProcessor } from '../jobs/job-processor';
import { handleEvent, type EventHandlers, type EventOutcome } from './event-handlers';

/**
 * Works off what portals have told. The inbox is the truth: an event that is handled already, or gone, is none of our
 * business, so a job that comes twice does no harm.
 */
export class PortalEventProcessor implements JobProcessor<PortalEventJob> {
  readonly queue = portalEventQueue;
  readonly concurrency = 4;

  constructor(
    private readonly inbox: Pick<PortalEventStore, 'take' | 'mark'>,
    private readonly handlers: EventHandlers,
    private readonly log: Logger,
  ) {}

  /** An error has BullMQ try again; the last try marks the event as failed, so that nobody rings for it any more. */
  async process(job: Job<PortalEventJob>): Promise<void> {
    const { eventId } = job.data;
    const event = await this.inbox.take(eventId);
    if (event?.state !== 'stored') return;
    const outcome = await handleEvent(this.handlers, event).catch((error: unknown) => {
      if (job.attemptsMade + 1 < (job.opts.attempts ?? 1)) throw error;
      return failure(error);
    });
    const { portalId, name } = event;
    await this.inbox.mark(eventId, outcome.kind, outcome.kind === 'handled' ? outcome.note : outcome.reason);
    const facts = { eventId, portalId, name, ...outcome };
    if (outcome.kind === 'failed') this.log.error(facts, 'an event of a portal could not be handled');
    else this.log.info(facts, 'an event of a portal');
  }

  failed(job: Job<PortalEventJob>, error: Error): void {
    const { eventId } = job.data;
    this.log.warn(
      { eventId, attempt: job.attemptsMade, err: error },
      'an event of a portal will be tried again',
    );
  }
}

function failure(error: unknown): EventOutcome {
  return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
}
