import type { PortalCall } from '@app/calls';
import type { Sql } from '../sql';
import { StoreError } from '../store-error';

const SAVE_PORTAL_CALL = `
  INSERT INTO portal_call AS known
    (call_id, key, portal_id, portal_call_id, finished, attached, state, revision)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8::integer + 1)
  ON CONFLICT (call_id, key) DO UPDATE SET
    portal_id = excluded.portal_id,
    portal_call_id = excluded.portal_call_id,
    finished = excluded.finished,
    attached = excluded.attached,
    state = excluded.state,
    revision = excluded.revision
  WHERE known.revision = $8
  RETURNING revision`;

/** Where a portal call is, and how often it was written when it was read; 0: not at all. */
export interface PortalCallPlace {
  readonly portalId: string;
  readonly revision: number;
}

/**
 * Writes a portal call over the one that was read.
 *
 * @returns its new revision.
 * @throws StoreError `conflict` when somebody else wrote it since.
 */
export async function savePortalCall(
  sql: Sql,
  portalCall: PortalCall,
  place: PortalCallPlace,
): Promise<number> {
  const { callId, key, portalCallId, finished, attached } = portalCall;
  const [row] = await sql.rows(SAVE_PORTAL_CALL, [
    callId,
    key,
    place.portalId,
    portalCallId,
    finished,
    attached,
    portalCall,
    place.revision,
  ]);
  if (row) return (row as { revision: number }).revision;
  throw new StoreError(`another process wrote the portal call of ${callId}`, { kind: 'conflict' });
}
