import type { Sql } from '../sql';
import type { CallRow } from './call-row';

/** One array of JSON objects as the only value: the statement stays the same whatever the number of calls. */
const UPSERT_CALLS = `
  INSERT INTO call AS known (
    call_id, switch_id, core_uuid, started_at, ended_at, direction, external_number, external_name, did,
    outcome, talk_seconds, state, version, merged_into
  )
  SELECT
    call_id, switch_id, core_uuid, started_at, ended_at, direction, external_number, external_name, did,
    outcome, talk_seconds, state, version, merged_into
  FROM jsonb_to_recordset($1::jsonb) AS given (
    call_id text, switch_id text, core_uuid text, started_at timestamptz, ended_at timestamptz, direction text,
    external_number text, external_name text, did text, outcome text, talk_seconds integer, state jsonb,
    version integer, merged_into text
  )
  ORDER BY call_id
  ON CONFLICT (call_id) DO UPDATE SET
    started_at = excluded.started_at,
    ended_at = excluded.ended_at,
    direction = excluded.direction,
    external_number = excluded.external_number,
    external_name = excluded.external_name,
    did = excluded.did,
    outcome = excluded.outcome,
    talk_seconds = excluded.talk_seconds,
    state = excluded.state,
    version = excluded.version,
    merged_into = excluded.merged_into
  WHERE known.version < excluded.version
  RETURNING call_id`;

/**
 * Writes calls, each id at most once in `calls`. A call that is known with the same or a later version stays as it is: a
 * commit may be repeated.
 *
 * @returns the ids of those that were written.
 */
export async function upsertCalls(sql: Sql, calls: readonly CallRow[]): Promise<Set<string>> {
  const written = (await sql.rows(UPSERT_CALLS, [JSON.stringify(calls)])) as { call_id: string }[];
  return new Set(written.map((row) => row.call_id));
}
