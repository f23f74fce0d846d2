import type { OnApplicationShutdown } from '@nestjs/common';
import type { HealthReport } from '@app/observability';
import {
  portalEventQueue,
  ringPortalEvent,
  ringSetUpPortal,
  setUpPortalQueue,
  type JobQueue,
  type PortalEventJob,
  type QueueBackend,
  type SetUpPortalJob,
} from '@app/queues';
import type { DoorRings } from './ports';

/** The door's rings on the queues of the worker. */
export class QueueRings implements DoorRings, OnApplicationShutdown {
  private readonly events: JobQueue<PortalEventJob>;
  private readonly setUps: JobQueue<SetUpPortalJob>;

  constructor(
    backend: QueueBackend,
    private readonly health: HealthReport,
  ) {
    this.events = backend.queue(portalEventQueue);
    this.setUps = backend.queue(setUpPortalQueue);
  }

  portalEvent(eventId: string): Promise<void> {
    return this.taken(() => ringPortalEvent(this.events, eventId));
  }

  setUp(portalId: string): Promise<void> {
    return this.taken(() => ringSetUpPortal(this.setUps, portalId));
  }

  /** Asks whether rings would be taken; tells the health report. Never throws. */
  async probe(): Promise<void> {
    await this.taken(() => this.events.getJobCounts('waiting')).catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.events.close(), this.setUps.close()]);
  }

  private async taken(ring: () => Promise<unknown>): Promise<void> {
    try {
      await ring();
      this.health.up('queue');
    } catch (error) {
      this.health.down('queue', 'rings are not taken; the worker sweeps for what was missed');
      throw error;
    }
  }
}
