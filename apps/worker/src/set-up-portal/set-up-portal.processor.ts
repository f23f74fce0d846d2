import type { Job } from 'bullmq';
import type { Logger } from '@app/observability';
import type { SetUpPortal } from '@app/portals';
import { setUpPortalQueue, type SetUpPortalJob } from '@app/queues';
import type { JobProcessor } from '../jobs/job-processor';

/** Sets portals up. A wish that could not be fulfilled stays in Postgres, and the sweeper rings for it at its time. */
export class SetUpPortalProcessor implements JobProcessor<SetUpPortalJob> {
  readonly queue = setUpPortalQueue;
  readonly concurrency = 2;

  constructor(
    private readonly setUp: Pick<SetUpPortal, 'run' | 'putOff'>,
    private readonly log: Logger,
  ) {}

  async process(job: Job<SetUpPortalJob>): Promise<void> {
    const { portalId } = job.data;
    try {
      const outcome = await this.setUp.run(portalId);
      this.log.info({ portalId, outcome }, 'the set-up of a portal');
    } catch (error) {
      if (job.attemptsMade + 1 >= (job.opts.attempts ?? 1)) await this.setUp.putOff(portalId, error);
      throw error;
    }
  }

  failed(job: Job<SetUpPortalJob>, error: Error): void {
    const { portalId } = job.data;
    this.log.warn({ portalId, attempt: job.attemptsMade, err: error }, 'a portal could not be set up');
  }
}
