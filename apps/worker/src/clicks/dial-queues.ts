import type { OnApplicationShutdown } from '@nestjs/common';
import {
  dialClickQueue,
  ringDialClick,
  type DialClickJob,
  type JobQueue,
  type QueueBackend,
} from '@app/queues';

/** The queues of the gateways, one per switch, opened when there is something for them. */
export class DialQueues implements OnApplicationShutdown {
  readonly #queues = new Map<string, JobQueue<DialClickJob>>();

  constructor(private readonly backend: Pick<QueueBackend, 'queue'>) {}

  /** Has a click dialled. Throws when the queue is away. */
  async ring(switchId: string, callId: string): Promise<void> {
    await ringDialClick(this.#queueOf(switchId), switchId, callId);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  #queueOf(switchId: string): JobQueue<DialClickJob> {
    const queue = this.#queues.get(switchId) ?? this.backend.queue(dialClickQueue(switchId));
    this.#queues.set(switchId, queue);
    return queue;
  }
}
