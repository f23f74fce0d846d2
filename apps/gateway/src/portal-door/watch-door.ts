import { setTimeout as pause } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { HealthReport } from '@app/observability';
import type { PublicDoor } from './public-door';
import type { QueueRings } from './queue-rings';

/** The door's component in the health report. */
export const DOOR = 'portal door';

const LOOK_EVERY_MS = 5_000;

/** Can events be stored; the inbox is one. */
export interface EventTable {
  unhandled(before: number, limit: number): Promise<string[]>;
  /** Has the events fetched that portals keep for us: some have come to a door that was shut. */
  fetchMissed(): Promise<unknown>;
}

/**
 * Tells the health report how the door does: open, and able to store what comes. Nobody may ring for hours, and a door that
 * answers 503 to everything loses events, so it looks itself every few seconds. When it is open again, what portals keep
 * for us is asked for.
 */
export class WatchDoor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stop = new AbortController();
  private wasShut = true;

  constructor(
    private readonly door: Pick<PublicDoor, 'isOpen'>,
    private readonly events: EventTable,
    private readonly rings: Pick<QueueRings, 'probe'>,
    private readonly health: HealthReport,
    private readonly everyMs = LOOK_EVERY_MS,
  ) {}

  onApplicationBootstrap(): void {
    void this.watch();
  }

  /** A look that is under way harms nobody: it never throws. */
  beforeApplicationShutdown(): void {
    this.stop.abort();
  }

  /** Never throws. */
  async look(): Promise<void> {
    try {
      await this.events.unhandled(Date.now(), 1);
      if (this.door.isOpen) await this.opened();
      else this.health.down(DOOR, 'it is not open yet');
    } catch (error) {
      this.wasShut = true;
      this.health.down(
        DOOR,
        `events cannot be stored: ${error instanceof Error ? error.message : 'unknown'}`,
      );
    }
    await this.rings.probe();
  }

  private async opened(): Promise<void> {
    this.health.up(DOOR);
    if (this.wasShut) await this.events.fetchMissed();
    this.wasShut = false;
  }

  private async watch(): Promise<void> {
    while (!this.stop.signal.aborted) {
      await this.look();
      const delayMs = this.door.isOpen ? this.everyMs : Math.min(this.everyMs, 100);
      await pause(delayMs, undefined, { signal: this.stop.signal, ref: false }).catch(() => undefined);
    }
  }
}
