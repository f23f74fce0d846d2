import type { DataSource } from 'typeorm';
import { dropDays, type DailyTable } from './drop-days';
import { ensurePartitions } from './ensure-partitions';

/** The tables with a partition per day: prepares the days to come, drops those that were kept long enough. */
export class DailyTables {
  constructor(private readonly dataSource: DataSource) {}

  /** See `ensurePartitions`. Throws StoreError. */
  async prepare(): Promise<void> {
    await ensurePartitions(this.dataSource);
  }

  /**
   * Drops what is older than so many days; see `dropDays`.
   *
   * @returns how many days were dropped.
   * @throws StoreError `unavailable` when the tables are busy: again later
   */
  async drop(table: DailyTable, keepDays: number, today = Date.now()): Promise<number> {
    return dropDays(this.dataSource, table, keepDays, today);
  }
}
