import type { Call } from '@app/calls';
import type { Sql } from '../sql';
import { didOfCall, employeesOf, namedPortal, type CallDirectory } from './portal-of-call';

const LOAD_DIRECTORY = `
  WITH line AS (
    SELECT portal_id AS "portalId", domain, did FROM external_line
    WHERE switch_id = $1 AND did = ANY ($3)
  ), person AS (
    SELECT portal_id AS "portalId", domain, extension FROM portal_user
    WHERE switch_id = $1 AND extension = ANY ($4)
  ), home AS (
    SELECT DISTINCT portal_id AS "portalId", domain FROM portal_user
    WHERE switch_id = $1 AND domain = ANY ($5) AND domain <> ''
  ), named AS (
    SELECT portal_id AS "portalId", member_id AS "memberId", domain FROM portal
    WHERE member_id = ANY ($2) OR domain = ANY ($6)
       OR member_id = (SELECT default_portal FROM switch WHERE switch_id = $1)
       OR domain = (SELECT lower(default_portal) FROM switch WHERE switch_id = $1)
  )
  SELECT
    (SELECT coalesce(jsonb_agg(line), '[]') FROM line) AS lines,
    (SELECT coalesce(jsonb_agg(person), '[]') FROM person) AS people,
    (SELECT coalesce(jsonb_agg(home), '[]') FROM home) AS domains,
    (SELECT coalesce(jsonb_agg(named), '[]') FROM named) AS portals,
    (SELECT default_portal FROM switch WHERE switch_id = $1) AS "defaultPortal"`;

/** What the directory holds of some calls of one switch, for `portalOfCall` of each. */
export async function loadDirectory(
  sql: Sql,
  switchId: string,
  calls: readonly Call[],
): Promise<CallDirectory> {
  const employees = calls.flatMap(employeesOf);
  const named = calls.map(namedPortal).filter((name) => name !== undefined);
  const dids = calls.map(didOfCall).filter((did) => did !== undefined);
  const [row] = await sql.rows(LOAD_DIRECTORY, [
    switchId,
    named,
    dids.flatMap((did) => [did, `+${did}`]),
    employees.map(({ extension }) => extension),
    employees.map(({ domain }) => domain).filter((domain) => domain !== undefined),
    named.map((name) => name.toLowerCase()),
  ]);
  const { defaultPortal, ...found } = row as Omit<CallDirectory, 'defaultPortal'> & {
    defaultPortal: string | null;
  };
  return { ...found, defaultPortal: defaultPortal ?? undefined };
}
