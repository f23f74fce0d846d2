/** Names of providers that are no classes. */
export const SETTINGS = Symbol('WorkerSettings');
export const LOG = Symbol('Logger');
export const QUEUE_BACKEND = Symbol('QueueBackend');
export const DOORBELLS = Symbol('JobQueue<SyncCallJob>');
export const JOB_PROCESSORS = Symbol('JobProcessor[]');
