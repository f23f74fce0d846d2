import { setTimeout as pause } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@app/observability';
import { queues, type JobWorker, type QueueBackend } from '@app/queues';
import type { JobProcessor } from './job-processor';
import { assertOneProcessorEach } from './one-processor-each';

/** How long things may take, ms. */
export interface JobTimes {
  /** Until the jobs in hand are left alone at a shutdown. */
  readonly shutdownMs: number;
  /** Until a job whose worker gives no sign of life is taken up by another. The fence keeps a frozen one out. */
  readonly jobLockMs: number;
}

/**
 * Starts to work when the app has started, and stops before anything that the work needs is taken down.
 *
 * @throws Error at the start when a queue has no processor
 */
export class JobWorkers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  #workers: readonly JobWorker[] = [];

  constructor(
    private readonly backend: QueueBackend,
    private readonly processors: readonly JobProcessor<never>[],
    private readonly log: Logger,
    private readonly times: JobTimes,
  ) {
    assertOneProcessorEach(
      queues,
      processors.map(({ queue }) => queue),
    );
  }

  onApplicationBootstrap(): void {
    this.#workers = this.processors.map((processor) => this.#start(processor));
  }

  /** Jobs in hand end after the step they are in. What takes longer than allowed is taken up again by another worker. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    const closed = Promise.all(this.#workers.map((worker) => worker.close())).then(() => true);
    const inTime = await Promise.race([closed, pause(this.times.shutdownMs, false, { ref: false })]);
    if (!inTime) this.log.warn({ shutdownMs: this.times.shutdownMs }, 'stopped with jobs in hand');
  }

  #start(processor: JobProcessor<never>): JobWorker {
    const { queue, concurrency } = processor;
    return this.backend.worker(queue, (job, token) => processor.process(job, token, this.#stop.signal), {
      concurrency,
      lockDurationMs: this.times.jobLockMs,
      onFailed: (job, error) => {
        if (job) processor.failed?.(job, error);
      },
    });
  }
}
