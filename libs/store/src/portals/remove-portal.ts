import type { Sql } from '../sql';
import { StoreError } from '../store-error';
import { UNINSTALLED, type PortalTrouble } from './portal-trouble';

/**
 * Tokens go at once; everything else stays, in case it is installed again. The hash of the application token stays too:
 * it opens nothing, and an event that comes twice is recognised by it.
 */
const UNINSTALL = `
  UPDATE portal SET
    credentials = NULL, renewed_at = NULL, trouble_kind = '${UNINSTALLED}', trouble_reason = $2, trouble_cure = $3,
    trouble_since = CASE WHEN trouble_kind = '${UNINSTALLED}' THEN trouble_since ELSE clock_timestamp() END,
    updated_at = now()
  WHERE portal_id = $1`;

/**
 * The row gives its name away, so that the same portal can be installed anew at once, with nothing of what was. `.invalid`
 * is a domain that never exists (RFC 2606).
 */
const GIVE_UP = `
  UPDATE portal SET
    member_id = 'erased-' || portal_id, domain = 'erased.invalid', endpoint = 'https://erased.invalid/rest/',
    settings = jsonb_build_object('defaultUserId', 1), app_id = NULL, application_token_hash = NULL, scope = '{}',
    app_status = '', license = NULL, installer_user_id = NULL, set_up_problem = NULL, set_up_done = set_up_wanted,
    erase_since = clock_timestamp()
  WHERE portal_id = $1 AND erase_since IS NULL`;

/** The application was removed. To be run in a transaction; quick, and harmless to repeat. */
export async function uninstallPortal(
  sql: Sql,
  portalId: string,
  { reason, cure }: PortalTrouble,
  clean: boolean,
): Promise<void> {
  await sql.rows(UNINSTALL, [portalId, reason, cure]);
  if (!clean) return;
  await sql.rows(GIVE_UP, [portalId]);
  // Few, and a line that stays would be taken for the new installation.
  await sql.rows('DELETE FROM portal_user WHERE portal_id = $1', [portalId]);
  await sql.rows('DELETE FROM external_line WHERE portal_id = $1', [portalId]);
  await sql.rows('DELETE FROM portal_line WHERE portal_id = $1', [portalId]);
}

/** What is deleted piece by piece, by the keys of each table. */
const PIECES = [
  { table: 'waiting_step', key: 'call_id' },
  { table: 'portal_operating', key: 'portal_id, method' },
  { table: 'portal_request', key: 'request_id, request_day' },
  { table: 'portal_event', key: 'event_id, event_day' },
  { table: 'portal_call', key: 'call_id, key' },
  { table: 'click', key: 'call_id' },
] as const;

/** Rows that one statement deletes: a fraction of a second. */
const ROWS = 2_000;

/** The portals that were removed with their data and are not gone yet, the longest waiting first. */
export async function portalsToErase(sql: Sql): Promise<string[]> {
  const rows = await sql.rows(
    'SELECT portal_id FROM portal WHERE erase_since IS NOT NULL ORDER BY erase_since, portal_id',
  );
  return (rows as { portal_id: string }[]).map((row) => row.portal_id);
}

/**
 * Deletes what is left of such a portal: its ledger, its inbox, what it held of calls, and the portal itself. The calls
 * stay, they are the company's own and not the portal's. Several may do it at the same time, and it may be broken off
 * anywhere.
 *
 * @param stop ends it after the statement in hand
 * @returns whether the portal is gone; if not, somebody else is still busy with it: again later.
 */
export async function erasePortal(sql: Sql, portalId: string, stop?: AbortSignal): Promise<boolean> {
  if (!(await portalsToErase(sql)).includes(portalId)) return false;
  for (const piece of PIECES) if (!(await deletePieces(sql, portalId, piece, stop))) return false;
  try {
    await sql.rows('DELETE FROM portal WHERE portal_id = $1', [portalId]);
    return true;
  } catch (error) {
    if (error instanceof StoreError && error.sqlState === FOREIGN_KEY_VIOLATION) return false;
    throw error;
  }
}

/** A request that was under way has been noted down meanwhile. */
const FOREIGN_KEY_VIOLATION = '23503';

async function deletePieces(
  sql: Sql,
  portalId: string,
  { table, key }: (typeof PIECES)[number],
  stop: AbortSignal | undefined,
): Promise<boolean> {
  const statement = `
    DELETE FROM ${table} WHERE (${key}) IN (
      SELECT ${key} FROM ${table} WHERE portal_id = $1 LIMIT ${ROWS} FOR UPDATE SKIP LOCKED)
    RETURNING 1`;
  while (stop?.aborted !== true) {
    const deleted = await sql.rows(statement, [portalId]);
    if (deleted.length === 0) return true;
  }
  return false;
}
