import { setTimeout as pause } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@app/observability';

/** Something that is to be looked after again and again. */
export interface RegularTask {
  /** For the log: `late rings`. */
  readonly name: string;
  /** Between the end of a run and the next, ms. */
  readonly everyMs: number;
  /** @param stop is given when the process is to end: what has begun is finished, nothing more is begun */
  run(stop: AbortSignal): Promise<void>;
}

/**
 * Runs tasks from the start of the app to its end, each by itself. Timers and no jobs of the queue, so that they live on
 * when the queue has lost everything; every worker runs them, and they are such that this does no harm.
 */
export class RunRegularly implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly tasks: readonly RegularTask[],
    private readonly log: Logger,
    /** What is under way at the end is left alone after this time, ms. */
    private readonly shutdownMs: number,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = Promise.all(this.tasks.map((task) => this.#runOnAndOn(task)));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await Promise.race([this.#running, pause(this.shutdownMs, undefined, { ref: false })]);
  }

  async #runOnAndOn(task: RegularTask): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await task.run(signal);
      } catch (error) {
        this.log.warn({ err: error, task: task.name }, 'a regular task failed; it is done again at its time');
      }
      await pause(task.everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
