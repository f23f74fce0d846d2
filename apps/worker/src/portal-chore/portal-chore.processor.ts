import type { Job } from 'bullmq';
import type { Logger } from '@app/observability';
import type { DoChores } from '@app/portals';
import { portalChoreQueue, type PortalChoreJob } from '@app/queues';
import type { JobProcessor } from '../jobs/job-processor';

/** Does the chores of portals. When to do them next is in Postgres, and the sweeper rings at that time. */
export class PortalChoreProcessor implements JobProcessor<PortalChoreJob> {
  readonly queue = portalChoreQueue;
  readonly concurrency = 4;

  constructor(
    private readonly chores: Pick<DoChores, 'run' | 'putOff'>,
    private readonly log: Logger,
  ) {}

  async process(job: Job<PortalChoreJob>): Promise<void> {
    const { portalId, chore } = job.data;
    try {
      const outcome = await this.chores.run(portalId, chore);
      this.log.debug({ portalId, chore, outcome }, 'a chore of a portal');
    } catch (error) {
      if (job.attemptsMade + 1 >= (job.opts.attempts ?? 1)) await this.chores.putOff(portalId, chore, error);
      throw error;
    }
  }

  failed(job: Job<PortalChoreJob>, error: Error): void {
    const { portalId, chore } = job.data;
    const facts = { portalId, chore, attempt: job.attemptsMade, err: error };
    this.log.warn(facts, 'a chore of a portal could not be done');
  }
}
