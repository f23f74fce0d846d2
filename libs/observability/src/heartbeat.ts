import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { HealthReport } from './health';

/** Where signs of life are kept; HeartbeatStore is one. */
export interface SignsOfLife {
  beat(beat: {
    readonly processId: string;
    readonly app: string;
    readonly host: string;
    readonly pid: number;
    readonly startedAt: number;
    readonly health: object;
  }): Promise<void>;
  leave(processId: string): Promise<void>;
}

const BEAT_EVERY_MS = 10_000;
/** What has changed is told this soon. */
const LOOK_EVERY_MS = 1_000;

/**
 * Says again and again that this process lives, and what its /health says, the latter as soon as it changes: so whoever looks after the deployment finds all
 * processes in one place, wherever they run. A database that is away hears nothing, and that is all.
 */
export class Heartbeat implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly processId = randomUUID();
  private readonly startedAt = Date.now();
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> = Promise.resolve();
  /** What was told last, and when. */
  private told = { health: '', at: -Infinity };

  constructor(
    private readonly app: string,
    private readonly health: HealthReport,
    private readonly signs: SignsOfLife,
    private readonly everyMs = BEAT_EVERY_MS,
    private readonly lookEveryMs = LOOK_EVERY_MS,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), Math.min(this.lookEveryMs, this.everyMs)).unref();
    this.look();
  }

  /** A process that ends in order is not missed. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
    await this.signs.leave(this.processId).catch(() => undefined);
  }

  private look(): void {
    const snapshot = this.health.snapshot();
    const [health, at] = [JSON.stringify(snapshot), performance.now()];
    if (health === this.told.health && at - this.told.at < this.everyMs) return;
    this.told = { health, at };
    this.beating = this.beat(snapshot);
  }

  private async beat(health: object): Promise<void> {
    const { processId, app, startedAt } = this;
    const facts = { processId, app, startedAt, host: hostname(), pid: process.pid };
    await this.signs.beat({ ...facts, health }).catch(() => undefined);
  }
}
