import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@app/observability';
import type { DailyTable, DailyTables } from '@app/store';

const DAILY_MS = 24 * 60 * 60 * 1000;

/** Days that each table is kept. */
export type KeptDays = Readonly<Record<DailyTable, number>>;

/**
 * Keeps the partitions of the daily tables ahead of the days to come, and drops those that were kept long enough. Every
 * gateway does so, whatever its roles: the second one finds nothing to do.
 */
export class DailyUpkeep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly tables: Pick<DailyTables, 'prepare' | 'drop'>,
    private readonly kept: KeptDays,
    private readonly log: Logger,
  ) {}

  /** Now, and again every day. */
  async onApplicationBootstrap(): Promise<void> {
    await this.run();
    this.timer = setInterval(() => void this.run(), DAILY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async run(): Promise<void> {
    await this.prepare();
    await this.drop('portal_request');
    await this.drop('portal_event');
  }

  /** A day without a partition of its own lands in the default one: late is no loss. */
  private async prepare(): Promise<void> {
    try {
      await this.tables.prepare();
    } catch (error) {
      this.log.warn({ err: error }, 'the partitions of the days to come could not be prepared');
    }
  }

  private async drop(table: DailyTable): Promise<void> {
    try {
      const days = await this.tables.drop(table, this.kept[table]);
      if (days > 0) this.log.info({ table, days }, 'days that were kept long enough were dropped');
    } catch (error) {
      this.log.warn({ err: error, table }, 'old days could not be dropped: tomorrow again');
    }
  }
}
