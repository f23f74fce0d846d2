import type { Call, PortalCall } from '@app/calls';
import { groupBy } from '../group-by';
import { loadDirectory } from '../portals/load-directory';
import { portalOfCall } from '../portals/portal-of-call';
import type { Sql } from '../sql';

/** A call as it is, and its portal calls with what a later write has to know. */
export interface LoadedCall {
  readonly call: Call;
  readonly portalCalls: readonly PortalCall[];
  /** Counts the writes of each portal call that there is, by key. */
  readonly revisions: Readonly<Record<string, number>>;
  /** Where the portal calls are; a portal call never moves. */
  readonly portalId?: string;
}

const LOAD_CALLS = `
  SELECT call.state AS call, known.portal_calls, known.revisions, known.portal_id
  FROM call LEFT JOIN LATERAL (
    SELECT jsonb_agg(state ORDER BY key) AS portal_calls, jsonb_object_agg(key, revision) AS revisions,
      (array_agg(portal_id))[1] AS portal_id
    FROM portal_call WHERE portal_call.call_id = call.call_id
  ) AS known ON true
  WHERE call.call_id = ANY ($1::text[])`;

interface Row {
  readonly call: Call;
  readonly portal_calls: PortalCall[] | null;
  readonly revisions: Record<string, number> | null;
  readonly portal_id: string | null;
}

/** The calls that there are, in any order. */
export async function loadCalls(sql: Sql, callIds: readonly string[]): Promise<LoadedCall[]> {
  const rows = (await sql.rows(LOAD_CALLS, [callIds])) as Row[];
  return rows.map(({ call, portal_calls: portalCalls, revisions, portal_id: portalId }) => ({
    call,
    portalCalls: portalCalls ?? [],
    revisions: revisions ?? {},
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
