import type { Call } from '@app/calls';
import type { DataSource } from 'typeorm';
import { inTransaction, sqlOf, type Sql } from '../sql';
import { groupRows, type CallChange, type GroupRows } from './group-rows';
import { insertEvents } from './insert-events';
import { upsertCalls } from './upsert-calls';
import { upsertChannels } from './upsert-channels';
import { dropRecordingsOf, upsertRecordings } from './upsert-recordings';

/** Calls, their channels, recordings and journal. The gateway's: nobody else writes these tables. */
export class CallStore {
  private readonly sql: Sql;

  constructor(private readonly dataSource: DataSource) {
    this.sql = sqlOf(dataSource);
  }

  /**
   * Writes the changes of many calls in one transaction, in four statements whatever their number. May be repeated: what
   * is written already stays as it is.
   *
   * @throws StoreError `bad-row` when one of the changes is refused: none is written then, and the caller splits the group
   *   to find it; `unavailable` when the database is: the same group again, later.
   */
  async commit(changes: readonly CallChange[]): Promise<void> {
    if (changes.length === 0) return;
    const rows = groupRows(changes);
    await inTransaction(this.dataSource, (sql) => writeGroup(sql, rows));
  }

  /** The calls of a switch of which at least one channel lives, as far as was written; oldest first. */
  async openCalls(switchId: string): Promise<Call[]> {
    const rows = await this.sql.rows(
      'SELECT state FROM call WHERE switch_id = $1 AND ended_at IS NULL ORDER BY started_at, call_id',
      [switchId],
    );
    return (rows as { state: Call }[]).map(({ state }) => state);
  }
}

/** Writes a group. Parts are written only with the call they belong to: an outdated change must not move a channel back. */
export async function writeGroup(sql: Sql, { calls, events }: GroupRows): Promise<void> {
  const rows = calls.map((call) => call.row);
  const written = await upsertCalls(sql, rows);
  const changed = calls.filter((call) => written.has(call.row.call_id));
  const merged = changed.filter((call) => call.row.merged_into !== undefined);
  const mergedIds = merged.map((call) => call.row.call_id);
  const channels = changed.flatMap((call) => call.channels);
  const recordings = changed.flatMap((call) => call.recordings);
  await dropRecordingsOf(sql, mergedIds);
  await upsertChannels(sql, channels);
  await upsertRecordings(sql, recordings);
  await insertEvents(sql, events);
}
