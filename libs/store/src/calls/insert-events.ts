import type { Sql } from '../sql';

const INSERT_EVENTS = `
  INSERT INTO call_event (
    core_uuid, event_sequence, kind, subject, event_day, call_id, occurred_at, observed_at, body
  )
  SELECT core_uuid, event_sequence, kind, subject, event_day, call_id, occurred_at, observed_at, body
  FROM jsonb_to_recordset($1::jsonb) AS given (
    core_uuid text, event_sequence bigint, kind text, subject text, event_day date, call_id text,
    occurred_at timestamptz, observed_at timestamptz, body jsonb
  )
  ON CONFLICT DO NOTHING`;

/** Appends to the journal what is not in it; `events` are rows of `eventRow`. */
export async function insertEvents(sql: Sql, events: readonly object[]): Promise<void> {
  if (events.length > 0) await sql.rows(INSERT_EVENTS, [JSON.stringify(events)]);
}
