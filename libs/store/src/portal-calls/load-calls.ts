import { untouched, type Call, type PortalCall } from '@app/calls';
import { groupBy } from '../group-by';
import { loadDirectory } from '../portals/load-directory';
import { portalOfCall } from '../portals/portal-of-call';
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

const LOAD_CALLS = `
  SELECT call.state AS call, portal_call.state AS portal_call, portal_call.revision, portal_call.portal_id
  FROM call LEFT JOIN portal_call ON portal_call.call_id = call.call_id AND portal_call.key = 'main'
  WHERE call.call_id = ANY ($1::text[])`;

interface Row {
  readonly call: Call;
  readonly portal_call: PortalCall | null;
  readonly revision: number | null;
  readonly portal_id: string | null;
}

/** The calls that there are, in any order. */
export async function loadCalls(sql: Sql, callIds: readonly string[]): Promise<LoadedCall[]> {
  const rows = (await sql.rows(LOAD_CALLS, [callIds])) as Row[];
  return rows.map(({ call, portal_call: portalCall, revision, portal_id: portalId }) => ({
    call,
    portalCall: portalCall ?? untouched(call),
    revision: revision ?? 0,
    portalId: portalId ?? undefined,
  }));
}

/** The portal of each call, by call id: where its portal call is, else where the directory says it belongs. */
export async function portalsOf(
  sql: Sql,
  loaded: readonly LoadedCall[],
): Promise<ReadonlyMap<string, string | undefined>> {
  const begun = loaded.filter(({ portalId }) => portalId !== undefined);
  const others = loaded.filter(({ portalId }) => portalId === undefined).map(({ call }) => call);
  const decided = await Promise.all(
    groupBy(others, ({ switchId }) => switchId).map(async ([switchId, calls]) => {
      const directory = await loadDirectory(sql, switchId, calls);
      return calls.map((call) => [call.callId, portalOfCall(call, directory)] as const);
    }),
  );
  return new Map([...begun.map(({ call, portalId }) => [call.callId, portalId] as const), ...decided.flat()]);
}
