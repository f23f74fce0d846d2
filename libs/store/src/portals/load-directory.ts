import type { Call } from '@app/calls';
import type { Sql } from '../sql';
import { didOfCall, employeesOf, namedPortal, type CallDirectory } from './portal-of-call';

const LOAD_DIRECTORY = `
  WITH line AS (
    SELECT portal_id AS "portalId", domain, did FROM external_line
    WHERE switch_id = $1 AND did IN ($3, '+' || $3)
  ), person AS (
    SELECT portal_id AS "portalId", domain, extension FROM portal_user
    WHERE switch_id = $1 AND extension = ANY ($4)
  ), home AS (
    SELECT DISTINCT portal_id AS "portalId", domain FROM portal_user
    WHERE switch_id = $1 AND domain = ANY ($5) AND domain <> ''
  ), named AS (
    SELECT portal_id AS "portalId", member_id AS "memberId", domain FROM portal
    WHERE member_id IN ($2, (SELECT default_portal FROM switch WHERE switch_id = $1))
       OR domain IN (lower($2), (SELECT lower(default_portal) FROM switch WHERE switch_id = $1))
  )
  SELECT
    (SELECT coalesce(jsonb_agg(line), '[]') FROM line) AS lines,
    (SELECT coalesce(jsonb_agg(person), '[]') FROM person) AS people,
    (SELECT coalesce(jsonb_agg(home), '[]') FROM home) AS domains,
    (SELECT coalesce(jsonb_agg(named), '[]') FROM named) AS portals,
    (SELECT default_portal FROM switch WHERE switch_id = $1) AS "defaultPortal"`;

/** What the directory holds of a call, for `portalOfCall`. */
export async function loadDirectory(sql: Sql, call: Call): Promise<CallDirectory> {
  const employees = employeesOf(call);
  const domains = employees.map(({ domain }) => domain).filter((domain) => domain !== undefined);
  const [row] = await sql.rows(LOAD_DIRECTORY, [
    call.switchId,
    namedPortal(call),
    didOfCall(call),
    employees.map(({ extension }) => extension),
    domains,
  ]);
  const { defaultPortal, ...found } = row as Omit<CallDirectory, 'defaultPortal'> & {
    defaultPortal: string | null;
  };
  return { ...found, defaultPortal: defaultPortal ?? undefined };
}
