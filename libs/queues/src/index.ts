export { openQueueBackend } from './open-queue-backend';
export type { BackendOptions, JobQueue, JobWorker, QueueBackend, WorkerSettings } from './queue-backend';
export type { QueueDefinition } from './queue-definition';
export { queues } from './queues';
export { backoffMs } from './retry-policy';
export type { RetryPolicy } from './retry-policy';
export { ringDoorbell, ringLateDoorbell, syncCallId, syncCallQueue } from './sync-call.queue';
export type { DoorbellQueue, SyncCallJob } from './sync-call.queue';
