import type { Sql } from '../sql';

/** A channel may move to another call (two calls became one); what did not change is not written again. */
const UPSERT_CHANNELS = `
  INSERT INTO channel AS known (
    channel_uuid, call_id, core_uuid, direction, party, extension, domain, caller_number, dialled,
    created_at, rang_at, answered_at, ended_at, hangup_cause, sip_status
  )
  SELECT
    channel_uuid, call_id, core_uuid, direction, party, extension, domain, caller_number, dialled,
    created_at, rang_at, answered_at, ended_at, hangup_cause, sip_status
  FROM jsonb_to_recordset($1::jsonb) AS given (
    channel_uuid text, call_id text, core_uuid text, direction text, party text, extension text, domain text,
    caller_number text, dialled text, created_at timestamptz, rang_at timestamptz, answered_at timestamptz,
    ended_at timestamptz, hangup_cause text, sip_status integer
  )
  ORDER BY channel_uuid
  ON CONFLICT (channel_uuid) DO UPDATE SET
    call_id = excluded.call_id,
    rang_at = excluded.rang_at,
    answered_at = excluded.answered_at,
    ended_at = excluded.ended_at,
    hangup_cause = excluded.hangup_cause,
    sip_status = excluded.sip_status
  WHERE (known.call_id, known.rang_at, known.answered_at, known.ended_at, known.hangup_cause, known.sip_status)
    IS DISTINCT FROM
    (excluded.call_id, excluded.rang_at, excluded.answered_at, excluded.ended_at, excluded.hangup_cause, excluded.sip_status)`;

/** Writes the channels of calls; `channels` are rows of `channelRows`. */
export async function upsertChannels(sql: Sql, channels: readonly object[]): Promise<void> {
  if (channels.length > 0) await sql.rows(UPSERT_CHANNELS, [JSON.stringify(channels)]);
}
