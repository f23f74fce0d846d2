import { isoTime } from '../calls/call-row';
import type { Sql } from '../sql';

const DAY_MS = 24 * 60 * 60_000;
/** Events that come late together say nothing about clocks: the newest ones are left out. */
const SETTLED_MS = 10 * 60_000;
/** Clocks that are farther apart are wrong, and a click could be called late whatever it is. */
const MOST_MS = 60_000;
const ENOUGH_EVENTS = 3;

/** How far the clocks of a portal are behind ours, ms; negative: ahead. Zero as long as too few events have told. */
export interface ClockSkew {
  /** Of the queue that sends events: `ts`. */
  readonly queueMs: number;
  /** Of the portal itself, which writes into a CALL_ID when the call was registered. */
  readonly portalMs: number;
}

/**
 * No event comes before it was sent: the quickest one tells how far the clocks are apart, and a little of the way. Few
 * events tell nothing.
 */
const QUICKEST = `
  WITH told AS (
    SELECT received_at, sent_at, to_timestamp(substring(data ->> 'CALL_ID' FROM '\\.([0-9]{10})$')::bigint) AS registered_at
    FROM portal_event WHERE portal_id = $1 AND received_at BETWEEN $2 AND $3
  )
  SELECT
    (extract(epoch FROM min(received_at - sent_at)) * 1000)::float8 AS "queueMs", count(sent_at)::integer AS sent,
    (extract(epoch FROM min(received_at - registered_at)) * 1000)::float8 AS "portalMs",
    count(registered_at)::integer AS registered
  FROM told`;

interface Quickest {
  readonly queueMs: number | null;
  readonly sent: number;
  readonly portalMs: number | null;
  readonly registered: number;
}

/**
 * How far a portal's clocks are behind ours, by its events of the last day. A click is late by our clock, and says when it
 * was made by the portal's.
 *
 * @param now epoch ms
 */
export async function clockSkew(sql: Sql, portalId: string, now: number): Promise<ClockSkew> {
  const values = [portalId, isoTime(now - DAY_MS), isoTime(now - SETTLED_MS)];
  const [row] = (await sql.rows(QUICKEST, values)) as unknown as [Quickest];
  return { queueMs: believed(row.queueMs, row.sent), portalMs: believed(row.portalMs, row.registered) };
}

function believed(ms: number | null, events: number): number {
  if (ms === null || events < ENOUGH_EVENTS) return 0;
  return Math.max(-MOST_MS, Math.min(MOST_MS, ms));
}
