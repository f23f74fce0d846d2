import { isoTime } from '../calls/call-row';
import type { Sql } from '../sql';
import type { LedgerEntry } from './call-to-sync';

const INSERT_REQUESTS = `
  INSERT INTO portal_request
    (request_day, call_id, portal_id, step, method, params, status, answer, verdict, started_at, duration_ms)
  SELECT (started_at AT TIME ZONE 'UTC')::date, call_id, portal_id, step, method, params, status, answer, verdict,
    started_at, duration_ms
  FROM jsonb_to_recordset($1::jsonb) AS given (
    call_id text, portal_id uuid, step text, method text, params jsonb, status integer, answer jsonb, verdict text,
    started_at timestamptz, duration_ms integer
  )`;

/** Appends to the ledger, in the order given. */
export async function insertRequests(sql: Sql, entries: readonly LedgerEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ callId, portalId, startedAt, durationMs, ...rest }) => ({
    ...rest,
    call_id: callId,
    portal_id: portalId,
    started_at: isoTime(startedAt),
    duration_ms: Math.round(durationMs),
  }));
  await sql.rows(INSERT_REQUESTS, [JSON.stringify(rows)]);
}
