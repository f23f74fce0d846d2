import { isoTime } from '../calls/call-row';
import type { Sql } from '../sql';
import { StoreError } from '../store-error';
import type { SyncMark } from './call-to-sync';

/** The version only grows: two marks may arrive in the wrong order. */
const MARK_SYNCED = `
  UPDATE call_sync SET
    synced_version = greatest(synced_version, $2),
    behind_since = clock_timestamp(),
    settled = $3,
    not_before = $4,
    problem = $5
  WHERE call_id = $1
  RETURNING call_id`;

/** Notes how far a call is synchronised. Throws StoreError `bad-row` when there is no such call, or no such version yet. */
export async function markSynced(sql: Sql, callId: string, mark: SyncMark): Promise<void> {
  const { version, settled, notBefore, problem } = mark;
  const time = notBefore === undefined ? undefined : isoTime(notBefore);
  const [row] = await sql.rows(MARK_SYNCED, [callId, version, settled, time, problem]);
  if (!row) throw new StoreError(`there is no call ${callId}`, { kind: 'bad-row', table: 'call_sync' });
}

/** Two partial indexes, both empty when nothing is due: each branch reads its own, and no more than the limit. */
export const CALLS_DUE = `
  SELECT call_id FROM (
    (SELECT call_id, behind_since AS since FROM call_sync
     WHERE call_version > synced_version ORDER BY behind_since LIMIT $2)
    UNION ALL
    (SELECT call_id, not_before AS since FROM call_sync
     WHERE not_before <= $1 ORDER BY not_before LIMIT $2)
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
