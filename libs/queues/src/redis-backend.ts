import { Queue, Worker } from 'bullmq';
import { jobOptions } from './job-options';
import type { BackendOptions, QueueBackend } from './queue-backend';
import { checkedProcessor, workerOptions } from './worker-options';

/** Who rings must not wait for a Redis that is away: the ring fails, and the sweeper finds the call. */
const FAIL_FAST = { enableOfflineQueue: false, maxRetriesPerRequest: 1, connectTimeout: 5_000 };

/** Jobs in Redis. Every queue and worker has connections of its own, made when it is. */
export function openRedisBackend(url: string, { onError }: BackendOptions): QueueBackend {
  return {
    kind: 'redis',
    queue: (definition) => {
      const connection = { url, ...FAIL_FAST };
      const queue = new Queue(definition.name, { connection, defaultJobOptions: jobOptions(definition) });
      queue.on('error', onError);
      return queue;
    },
    worker: (definition, processor, settings) => {
      const options = {
        ...workerOptions(definition, settings),
        connection: { url, maxRetriesPerRequest: null },
      };
      const worker = new Worker(definition.name, checkedProcessor(definition, processor), options);
      worker.on('error', onError);
      if (settings.onFailed) worker.on('failed', settings.onFailed);
      return worker;
    },
    close: () => Promise.resolve(),
  };
}
