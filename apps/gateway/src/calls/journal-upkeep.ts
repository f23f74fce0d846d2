import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '@app/observability';
import { DailyTables } from '@app/store';
import { LOG } from '../tokens';

const DAILY_MS = 24 * 60 * 60 * 1000;

/** Keeps partitions of the journal ahead of the days to come. */
@Injectable()
export class JournalUpkeep {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly tables: DailyTables,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Prepares the next days now, and again every day. */
  async start(): Promise<void> {
    await this.prepare();
    this.timer = setInterval(() => void this.prepare(), DAILY_MS).unref();
  }

  /** Ends the daily preparation. */
  stop(): void {
    clearInterval(this.timer);
  }

  /** A day without a partition of its own lands in the default one: late is no loss. */
  private async prepare(): Promise<void> {
    try {
      await this.tables.prepare();
    } catch (error) {
      this.log.warn({ err: error }, 'the partitions of the days to come could not be prepared');
    }
  }
}
