import type { Sql } from '../sql';

/**
 * Calls that have not begun belong to no portal yet as far as SQL can tell: they are woken whoever's they are, which costs
 * those of others one look.
 */
const WAKE_CALLS = `
  UPDATE call_sync SET not_before = clock_timestamp()
  WHERE not_before > clock_timestamp() AND (
    EXISTS (SELECT FROM portal_call WHERE portal_call.call_id = call_sync.call_id AND portal_id = $1) OR
    NOT EXISTS (SELECT FROM portal_call WHERE portal_call.call_id = call_sync.call_id)
  )`;

const WAKE_STUCK_CALLS = `
  UPDATE call_sync SET not_before = clock_timestamp()
  FROM portal_call WHERE portal_call.call_id = call_sync.call_id AND portal_id = $1 AND state ? 'stuck' AND NOT settled`;

/** The settings are others: what could not go on under the old ones (a default user who is gone) may go on now. */
export async function wakeStuckCalls(sql: Sql, portalId: string): Promise<void> {
  await sql.rows(WAKE_STUCK_CALLS, [portalId]);
}

/** The portal works again: its calls that wait for a later time are due now. The sweeper rings for them. */
export async function wakeCalls(sql: Sql, portalId: string): Promise<void> {
  await sql.rows(WAKE_CALLS, [portalId]);
}
