import type { OnApplicationShutdown } from '@nestjs/common';
import { ringDoorbell, syncCallQueue, type JobQueue, type QueueBackend, type SyncCallJob } from '@app/queues';
import type { Doorbell } from './commit-reports';

/** Rings for calls on the queue of the worker. */
export class QueueDoorbell implements Doorbell, OnApplicationShutdown {
  private readonly queue: JobQueue<SyncCallJob>;

  constructor(backend: QueueBackend) {
    this.queue = backend.queue(syncCallQueue);
  }

  async ring(callId: string): Promise<void> {
    await ringDoorbell(this.queue, callId);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
