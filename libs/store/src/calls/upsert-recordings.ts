import type { Sql } from '../sql';

const UPSERT_RECORDINGS = `
  INSERT INTO recording (call_id, path, channel_uuid, started_at, stopped_at, length_ms, discarded)
  SELECT call_id, path, channel_uuid, started_at, stopped_at, length_ms, discarded
  FROM jsonb_to_recordset($1::jsonb) AS given (
    call_id text, path text, channel_uuid text, started_at timestamptz, stopped_at timestamptz, length_ms bigint,
    discarded boolean
  )
  ON CONFLICT (call_id, path) DO UPDATE SET
    channel_uuid = excluded.channel_uuid,
    started_at = excluded.started_at,
    stopped_at = excluded.stopped_at,
    length_ms = excluded.length_ms,
    discarded = excluded.discarded`;

/** Writes the recordings of calls; `recordings` are rows of `recordingRows`. */
export async function upsertRecordings(sql: Sql, recordings: readonly object[]): Promise<void> {
  if (recordings.length > 0) await sql.rows(UPSERT_RECORDINGS, [JSON.stringify(recordings)]);
}

/** Takes the recordings from calls that became part of another: they are that one's now. */
export async function dropRecordingsOf(sql: Sql, callIds: readonly string[]): Promise<void> {
  if (callIds.length > 0) await sql.rows('DELETE FROM recording WHERE call_id = ANY ($1)', [callIds]);
}
