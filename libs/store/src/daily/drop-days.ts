import type { DataSource } from 'typeorm';
import { inTransaction } from '../sql';

/** Tables that grow by the day and may forget: what is in them is for people who ask why. */
export type DailyTable = 'portal_request' | 'portal_event';

/** Dropping a partition locks the tables it refers to; rather tomorrow than have calls wait. */
const LOCK_WAIT_MS = 2_000;

/**
 * Drops what is older than so many days: whole partitions, in milliseconds.
 *
 * @param today epoch ms
 * @returns how many partitions were dropped.
 * @throws StoreError `unavailable` when the tables were busy: again later
 */
export async function dropDays(
  dataSource: DataSource,
  table: DailyTable,
  keepDays: number,
  today: number,
): Promise<number> {
  const before = new Date(today - keepDays * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  return inTransaction(dataSource, async (sql) => {
    await sql.rows(`SET LOCAL lock_timeout = ${LOCK_WAIT_MS}`);
    const [row] = await sql.rows('SELECT drop_days($1, $2) AS dropped', [table, before]);
    return (row as { dropped: number }).dropped;
  });
}
