import { setTimeout as pause } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { HealthReport, Logger } from '@app/observability';
import { ringLateDoorbell, type JobQueue, type SyncCallJob } from '@app/queues';

const SWEEP_EVERY_MS = 3_000;

/** So many calls are rung for in one sweep, the longest due first; the rest follows in the next. */
const MOST_CALLS = 500;

/** Finds the calls that somebody should look at. */
export interface DueCalls {
  callsDue(now: number, limit: number): Promise<string[]>;
}

/**
 * Rings for calls that nobody looks at though it is time: the doorbell was lost, Redis was emptied, or a wait is over.
 * Postgres is the truth; this makes the queue follow it. A timer and no job of the queue, so that it lives on when
 * the queue has lost everything; every worker sweeps, since a call that is rung for twice is looked at once.
 */
export class RingLateDoorbells implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  #sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly due: DueCalls,
    private readonly doorbells: JobQueue<SyncCallJob>,
    private readonly health: HealthReport,
    private readonly log: Logger,
    private readonly everyMs = SWEEP_EVERY_MS,
  ) {}

  onApplicationBootstrap(): void {
    this.#sweeping = this.#sweepOnAndOn();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#sweeping;
  }

  /** Rings for what is due now, and tells whether database and queue were there. Never throws. */
  async sweep(): Promise<void> {
    const callIds = await this.#ask('database', () => this.due.callsDue(Date.now(), MOST_CALLS));
    await this.#ask('queue', async () => {
      await this.doorbells.getJobCounts('waiting');
      await Promise.all((callIds ?? []).map((callId) => ringLateDoorbell(this.doorbells, callId)));
    });
  }

  async #sweepOnAndOn(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.sweep();
      await pause(this.everyMs, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined);
    }
  }

  async #ask<T>(component: 'database' | 'queue', work: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await work();
      this.health.up(component);
      return answer;
    } catch (error) {
      this.health.down(component, error instanceof Error ? error.message : String(error));
      this.log.warn({ err: error, component }, 'the sweep could not be done');
      return undefined;
    }
  }
}
