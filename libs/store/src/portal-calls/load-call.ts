import { untouched, type Call, type PortalCall } from '@app/calls';
import type { Sql } from '../sql';

/** A call as it is, and its portal call with what a later write has to know. */
export interface LoadedCall {
  readonly call: Call;
  readonly portalCall: PortalCall;
  /** Counts the writes of the portal call; 0: there is none yet. */
  readonly revision: number;
  /** Where the portal call is; a portal call never moves. */
  readonly portalId?: string;
}

const LOAD_CALL = `
  SELECT call.state AS call, portal_call.state AS portal_call, portal_call.revision, portal_call.portal_id
  FROM call LEFT JOIN portal_call ON portal_call.call_id = call.call_id AND portal_call.key = 'main'
  WHERE call.call_id = $1`;

interface Row {
  readonly call: Call;
  readonly portal_call: PortalCall | null;
  readonly revision: number | null;
  readonly portal_id: string | null;
}

/** Undefined when there is no such call. */
export async function loadCall(sql: Sql, callId: string): Promise<LoadedCall | undefined> {
  const [row] = (await sql.rows(LOAD_CALL, [callId])) as Row[];
  if (!row) return undefined;
  return {
    call: row.call,
    portalCall: row.portal_call ?? untouched(row.call),
    revision: row.revision ?? 0,
    portalId: row.portal_id ?? undefined,
  };
}
