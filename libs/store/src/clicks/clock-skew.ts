import { isoTime } from '../calls/call-row';
import type { Sql } from '../sql';

const DAY_MS = 24 * 60 * 60_000;
/** Events that come late together say nothing about clocks: the newest ones are left out. */
const SETTLED_MS = 10 * 60_000;
/** Clocks that are farther apart are wrong, and a click could be called late whatever it is. */
const MOST_MS = 60_000;
const ENOUGH_EVENTS = 3;

/**
 * No event comes before it was sent: the quickest one tells how far the clocks are apart, and a little of the way. Few
 * events tell nothing.
 */
const QUICKEST = `
  SELECT (extract(epoch FROM min(received_at - sent_at)) * 1000)::float8 AS ms, count(*)::integer AS events
  FROM portal_event
  WHERE portal_id = $1 AND sent_at IS NOT NULL AND received_at BETWEEN $2 AND $3`;

/**
 * How far a portal's clock is behind ours, ms; negative: ahead. A click is late by our clock, and says when it was made by
 * the portal's.
 *
 * @param now epoch ms
 */
export async function clockSkew(sql: Sql, portalId: string, now: number): Promise<number> {
  const values = [portalId, isoTime(now - DAY_MS), isoTime(now - SETTLED_MS)];
  const [row] = (await sql.rows(QUICKEST, values)) as { ms: number | null; events: number }[];
  if (!row || row.ms === null || row.events < ENOUGH_EVENTS) return 0;
  return Math.max(-MOST_MS, Math.min(MOST_MS, row.ms));
}
