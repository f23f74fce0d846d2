import { isoTime } from '../calls/call-row';
import type { Sql } from '../sql';
import type { LedgerEntry, SettledCall } from './call-to-sync';

/** Where the portal calls of a call are, and how often each was written when it was read, by key; missing: not at all. */
export interface PortalCallPlace {
  readonly portalId: string;
  readonly revisions: Readonly<Record<string, number>>;
}

/** One statement, so that the two are written together or not at all, without a round trip for each. */
const SAVE_PORTAL_CALLS = `
  WITH saved AS (
    INSERT INTO portal_call AS known
      (call_id, key, portal_id, portal_call_id, finished, attached, state, revision)
    SELECT state ->> 'callId', state ->> 'key', portal_id, state ->> 'portalCallId', (state ->> 'finished')::boolean,
      state ->> 'attached', state, revision + 1
    FROM jsonb_to_recordset($1::jsonb) AS given (portal_id uuid, revision integer, state jsonb)
    ORDER BY state ->> 'callId'
    ON CONFLICT (call_id, key) DO UPDATE SET
      portal_id = excluded.portal_id,
      portal_call_id = excluded.portal_call_id,
      finished = excluded.finished,
      attached = excluded.attached,
      state = excluded.state,
      revision = excluded.revision
    WHERE known.revision = excluded.revision - 1
    RETURNING call_id, revision
  ), noted AS (
    INSERT INTO portal_request
      (request_day, call_id, portal_id, step, method, params, status, answer, verdict, started_at, duration_ms,
       step_class, ready_at, turn, batch_id)
    SELECT (started_at AT TIME ZONE 'UTC')::date, call_id, portal_id, step, method, params, status, answer, verdict,
      started_at, duration_ms, step_class, ready_at, turn, batch_id
    FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (
      call_id text, portal_id uuid, step text, method text, params jsonb, status integer, answer jsonb, verdict text,
      started_at timestamptz, duration_ms integer, step_class text, ready_at timestamptz, turn bigint, batch_id uuid
    )) WITH ORDINALITY
    WHERE call_id IN (SELECT call_id FROM saved)
    ORDER BY ordinality
  )
  SELECT call_id, revision FROM saved`;

/**
 * Writes portal calls over those that were read, with the exchanges that changed them: one of each call at a time.
 *
 * @returns the new revisions, by call id. Who is missing was written by somebody else since: nothing of it was noted.
 */
export async function savePortalCalls(
  sql: Sql,
  calls: readonly (SettledCall & { readonly place: PortalCallPlace })[],
): Promise<ReadonlyMap<string, number>> {
  const given = calls.map(({ portalCall, place }) => ({
    portal_id: place.portalId,
    revision: place.revisions[portalCall.key] ?? 0,
    state: portalCall,
  }));
  const ledger = calls.flatMap((call) => call.ledger.map(ledgerRow));
  const rows = await sql.rows(SAVE_PORTAL_CALLS, [JSON.stringify(given), JSON.stringify(ledger)]);
  return new Map((rows as { call_id: string; revision: number }[]).map((row) => [row.call_id, row.revision]));
}

function ledgerRow(entry: LedgerEntry): object {
  const { callId, portalId, startedAt, durationMs, stepClass, readyAt, batchId, ...rest } = entry;
  return {
    ...rest,
    call_id: callId,
    portal_id: portalId,
    started_at: isoTime(startedAt),
    duration_ms: Math.round(durationMs),
    step_class: stepClass,
    ready_at: readyAt === undefined ? undefined : isoTime(readyAt),
    batch_id: batchId,
  };
}
