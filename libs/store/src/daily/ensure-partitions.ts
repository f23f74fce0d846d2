import type { DataSource } from 'typeorm';
import { sqlOf } from '../sql';

/** A gateway that is down for a week-end must find the partitions of its return prepared. */
const DAYS_AHEAD = 14;

/**
 * Creates the partitions of the journal, of the ledger and of the inbox for yesterday, today and the next days. Run by every migration
 * and daily by the gateway; commits wait some milliseconds meanwhile. What has no partition lands in the default one.
 *
 * @returns how many were created.
 */
export async function ensurePartitions(dataSource: DataSource, daysAhead = DAYS_AHEAD): Promise<number> {
  const [row] = await sqlOf(dataSource).rows('SELECT ensure_partitions($1) AS created', [daysAhead]);
  return (row as { created: number }).created;
}
