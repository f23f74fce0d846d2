import type { Sql } from '../sql';

/** What a gateway that starts has to know of what was before it, to be as fair as the one before. */
export interface RoutePast {
  /** When somebody's last talk ended, epoch ms. */
  readonly idle: readonly { readonly extension: string; readonly since: number }[];
  /** Who rang last for a line of the company in his turn. */
  readonly lastRung: readonly {
    readonly portalId: string;
    readonly did: string;
    readonly extension: string;
  }[];
}

/** Who has not talked for longer is as idle as one can be, and a line that nobody has called for longer begins anew. */
const REMEMBERED = "interval '1 day'";

const IDLE = `
  SELECT channel.extension, extract(epoch FROM max(channel.ended_at)) * 1000 AS since
  FROM call JOIN channel USING (call_id)
  WHERE call.switch_id = $1 AND call.started_at > clock_timestamp() - ${REMEMBERED}
    AND channel.extension IS NOT NULL AND channel.answered_at IS NOT NULL AND channel.ended_at IS NOT NULL
  GROUP BY channel.extension`;

/** The day of an event names its partition: older ones are not looked into. */
const LAST_RUNG = `
  SELECT DISTINCT ON (line.portal_id, line.did)
    line.portal_id AS "portalId", ltrim(line.did, '+') AS did, event.body #>> '{note,whom,-1}' AS extension
  FROM call
  JOIN call_event AS event USING (call_id)
  JOIN external_line AS line ON line.switch_id = call.switch_id AND ltrim(line.did, '+') = ltrim(call.did, '+')
  WHERE call.switch_id = $1 AND call.started_at > clock_timestamp() - ${REMEMBERED}
    AND event.event_day >= (clock_timestamp() - ${REMEMBERED})::date
    AND event.kind = 'CallRouted' AND event.body #>> '{note,step}' = 'ring' AND event.body #>> '{note,why}' = 'queue'
  ORDER BY line.portal_id, line.did, event.occurred_at DESC`;

/** What was on a switch in the last day. Throws StoreError. */
export async function loadRoutePast(sql: Sql, switchId: string): Promise<RoutePast> {
  const idle = (await sql.rows(IDLE, [switchId])) as { extension: string; since: string }[];
  const lastRung = (await sql.rows(LAST_RUNG, [switchId])) as RoutePast['lastRung'];
  return { idle: idle.map(({ extension, since }) => ({ extension, since: Number(since) })), lastRung };
}
