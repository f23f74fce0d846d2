import type { Job, JobsOptions, JobType, Processor } from 'bullmq';
import type { QueueDefinition } from './queue-definition';

/** The side of a queue that gives work. */
export interface JobQueue<Payload> {
  add(name: string, data: Payload, options?: JobsOptions): Promise<unknown>;
  /** How many jobs there are in each of these states. */
  getJobCounts(...states: JobType[]): Promise<Record<string, number>>;
  close(): Promise<void>;
}

/** The side that does it. */
export interface JobWorker {
  /** Takes no more jobs and waits for those in hand; with `force` it waits for nothing. */
  close(force?: boolean): Promise<void>;
}

export interface WorkerSettings<Payload> {
  /** Jobs in hand at the same time. */
  readonly concurrency: number;
  /** A try has failed; the next one follows unless it was the last. Undefined: a job that vanished with its worker. */
  readonly onFailed?: (job: Job<Payload> | undefined, error: Error) => void;
  /** How long a job belongs to a worker that gives no sign of life, ms; default 30 s. */
  readonly lockDurationMs?: number;
  /** For tests: never gives a sign of life, as if the process were frozen. */
  readonly neverRenewsLocks?: boolean;
}

/** Where jobs are kept. */
export interface QueueBackend {
  readonly kind: 'redis' | 'postgres';
  queue<Payload extends object>(definition: QueueDefinition<Payload>): JobQueue<Payload>;
  /** The processor throws to have its job tried again; see `checkedProcessor` for what else can happen. */
  worker<Payload extends object>(
    definition: QueueDefinition<Payload>,
    processor: Processor<Payload, void>,
    settings: WorkerSettings<Payload>,
  ): JobWorker;
  /** Ends what the queues and workers share. Close those first. */
  close(): Promise<void>;
}

export interface BackendOptions {
  /** Trouble with the connection: it is made again by itself, and jobs wait meanwhile. */
  readonly onError: (error: Error) => void;
  /** Connections to Postgres that all queues and workers of the process share; each worker has one more for itself. */
  readonly postgresPoolSize?: number;
}
