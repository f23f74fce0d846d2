import { setTimeout as pause } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { HealthReport, Logger } from '@app/observability';
import {
  ringLateDoorbell,
  ringPortalLate,
  type JobQueue,
  type SendWaitingJob,
  type SyncCallJob,
} from '@app/queues';

const SWEEP_EVERY_MS = 3_000;
/** The rest of a backlog follows so soon. */
const SWEEP_ON_MS = 200;

/** So many calls are rung for in one sweep, the longest due first; the rest follows in the next. */
const MOST_CALLS = 500;

/** Finds the calls that somebody should look at, and the portals that steps wait for. */
export interface Due {
  callsDue(now: number, limit: number): Promise<string[]>;
  portals(): Promise<string[]>;
}

/** Whom a sweep rings for. */
export interface SweptQueues {
  readonly calls: JobQueue<SyncCallJob>;
  readonly portals: JobQueue<SendWaitingJob>;
}

/**
 * Rings for calls that nobody looks at though it is time: the doorbell was lost, Redis was emptied, or a wait is over;
 * and for portals whose steps wait, lest nobody serves them.
 * Postgres is the truth; this makes the queue follow it. A timer and no job of the queue, so that it lives on when
 * the queue has lost everything; every worker sweeps, since a call that is rung for twice is looked at once.
 */
export class RingLateDoorbells implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  #sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly due: Due,
    private readonly queues: SweptQueues,
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

  /**
   * Rings for what is due now, and tells whether database and queue were there. Never throws.
   *
   * @returns whether there is more that is due, and few enough are being looked at
   */
  async sweep(): Promise<boolean> {
    const found = await this.#ask('database', () =>
      Promise.all([this.due.callsDue(Date.now(), MOST_CALLS), this.due.portals()]),
    );
    const [callIds, portalIds] = found ?? [[], []];
    const waiting = await this.#ask('queue', () => this.#ring(callIds, portalIds));
    return callIds.length === MOST_CALLS && (waiting ?? MOST_CALLS) < MOST_CALLS;
  }

  /** Gives how many calls were waiting to be looked at before. */
  async #ring(callIds: readonly string[], portalIds: readonly string[]): Promise<number> {
    const { calls, portals } = this.queues;
    const { waiting = 0 } = await calls.getJobCounts('waiting');
    await Promise.all([
      ...callIds.map((callId) => ringLateDoorbell(calls, callId)),
      ...portalIds.map((portalId) => ringPortalLate(portals, portalId)),
    ]);
    return waiting;
  }

  async #sweepOnAndOn(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const hasMore = await this.sweep();
      const pauseMs = hasMore ? Math.min(SWEEP_ON_MS, this.everyMs) : this.everyMs;
      await pause(pauseMs, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined);
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
