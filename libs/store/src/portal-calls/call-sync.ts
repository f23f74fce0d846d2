import { isoTime } from '../calls/call-row';
import type { Sql } from '../sql';
import { StoreError } from '../store-error';
import type { SyncMark } from './call-to-sync';

/** The version only grows: two marks may arrive in the wrong order. What is noted down does not wait for its turn. */
const MARK_SYNCED = `
  WITH given AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS given (
      "callId" text, version integer, settled boolean, "notBefore" timestamptz, problem text, remark text
    )
  ), left_list AS (
    DELETE FROM waiting_step WHERE call_id IN (SELECT "callId" FROM given)
  )
  UPDATE call_sync SET
    synced_version = greatest(synced_version, given.version),
    behind_since = clock_timestamp(),
    settled = given.settled,
    not_before = given."notBefore",
    problem = given.problem,
    remark = given.remark
  FROM given WHERE call_id = given."callId"
  RETURNING call_id`;

/**
 * Notes how far calls are synchronised. Throws StoreError `bad-row` when there is no such call, or no such version of it
 * yet; then nothing is noted.
 */
export async function markSynced(sql: Sql, marks: readonly SyncMark[]): Promise<void> {
  if (marks.length === 0) return;
  const given = marks.map(({ notBefore, ...mark }) => ({
    ...mark,
    notBefore: notBefore === undefined ? undefined : isoTime(notBefore),
  }));
  const noted = (await sql.rows(MARK_SYNCED, [JSON.stringify(given)])) as { call_id: string }[];
  const missing = marks.find(({ callId }) => !noted.some((row) => row.call_id === callId));
  if (!missing) return;
  throw new StoreError(`there is no call ${missing.callId}`, { kind: 'bad-row', table: 'call_sync' });
}

/**
 * Two partial indexes, both empty when nothing is due: each branch reads its own, and no more than the limit. Who waits
 * for a turn is looked at when it comes.
 */
export const CALLS_DUE = `
  SELECT call_id FROM (
    (SELECT call_id, behind_since AS since FROM call_sync
     WHERE call_version > synced_version AND NOT EXISTS (SELECT FROM waiting_step WHERE call_id = call_sync.call_id)
     ORDER BY behind_since LIMIT $2)
    UNION ALL
    (SELECT call_id, not_before AS since FROM call_sync
     WHERE not_before <= $1 AND NOT EXISTS (SELECT FROM waiting_step WHERE call_id = call_sync.call_id)
     ORDER BY not_before LIMIT $2)
  ) AS due
  GROUP BY call_id
  ORDER BY min(since), call_id
  LIMIT $2`;

/**
 * The calls whose facts are newer than what was synchronised, and those that were to be looked at again by now; the
 * longest due first.
 *
 * @param now epoch ms
 */
export async function callsDue(sql: Sql, now: number, limit: number): Promise<string[]> {
  const rows = await sql.rows(CALLS_DUE, [isoTime(now), limit]);
  return (rows as { call_id: string }[]).map((row) => row.call_id);
}
