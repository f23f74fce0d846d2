import type { RoutePlan } from '@app/calls';
import type { DataSource } from 'typeorm';
import { sqlOf, type Sql } from '../sql';
import { readPortalSettings } from '../portals/portal-settings';
import { StoreError } from '../store-error';
import { loadRoutePast, type RoutePast } from './route-past';
import { routePlanOf } from './route-plan-of';
import { checkRouteSettings, readRouteSettings, type RouteSettings } from './route-settings';

/** A number of the company, as a caller has dialled it. */
export interface DialledLine {
  readonly switchId: string;
  readonly did: string;
}

/** A line that routes its callers. */
export interface RoutedLine {
  readonly portalId: string;
  /** Digits only. */
  readonly did: string;
  readonly lineNumber: string;
  readonly plan: RoutePlan;
  readonly settings: RouteSettings;
  /** ISO 3166-1, whose numbers are written without a country code; undefined: the deployment's. */
  readonly region?: string;
  /** Whose extension is which user's, on this switch. */
  readonly extensions: readonly { readonly userId: number; readonly extension: string }[];
}

const FIND_LINE = `
  SELECT line.portal_id AS "portalId", line.line_number AS "lineNumber", line.routing, portal.settings,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('userId', user_id, 'extension', extension) ORDER BY extension), '[]')
     FROM portal_user WHERE portal_id = line.portal_id AND switch_id = line.switch_id) AS extensions
  FROM external_line AS line JOIN portal USING (portal_id)
  WHERE line.switch_id = $1 AND line.did = ANY ($2) AND line.routing IS NOT NULL
  ORDER BY line.domain, line.did LIMIT 2`;

/** A line of a portal, and how it routes its callers. */
export interface SavedRoute extends DialledLine {
  /** '' when it does not matter. */
  readonly domain: string;
  /** Undefined: the dialplan decides. */
  readonly settings: RouteSettings | 'unreadable' | undefined;
}

const ROUTES = `
  SELECT switch_id AS "switchId", domain, did, routing FROM external_line
  WHERE portal_id = $1 ORDER BY did, switch_id, domain`;

const SAVE = `
  UPDATE external_line SET routing = $5
  WHERE portal_id = $1 AND switch_id = $2 AND domain = $3 AND did = $4 RETURNING did`;

const LAST_MANAGER = `
  SELECT channel.extension FROM call JOIN channel USING (call_id)
  WHERE call.switch_id = $1 AND call.external_number = ANY ($2) AND call.outcome = 'answered'
    AND call.started_at > clock_timestamp() - make_interval(days => $3)
    AND channel.extension IS NOT NULL AND channel.answered_at IS NOT NULL
  ORDER BY call.started_at DESC, channel.answered_at DESC LIMIT 1`;

interface Row {
  readonly portalId: string;
  readonly lineNumber: string;
  readonly routing: unknown;
  readonly settings: unknown;
  readonly extensions: RoutedLine['extensions'];
}

/** How lines route their callers. */
export class RouteStore {
  private readonly sql: Sql;

  constructor(dataSource: DataSource) {
    this.sql = sqlOf(dataSource);
  }

  /**
   * The line of a number; undefined: it has none, it routes nobody, or two companies claim it.
   *
   * @throws StoreError `bad-row` when its settings cannot be read
   */
  async lineOf({ switchId, did }: DialledLine): Promise<RoutedLine | undefined> {
    const bare = did.replace(/^\+/, '');
    const [row, other] = (await this.sql.rows(FIND_LINE, [switchId, [bare, `+${bare}`]])) as Row[];
    if (!row || (other && other.portalId !== row.portalId)) return undefined;
    const settings = readRouteSettings(row.routing);
    const { defaultRegion } = readPortalSettings(row.settings);
    return {
      portalId: row.portalId,
      did: bare,
      lineNumber: row.lineNumber,
      plan: routePlanOf(settings),
      settings,
      ...(defaultRegion !== undefined && { region: defaultRegion }),
      extensions: row.extensions,
    };
  }

  /** What has happened on a switch that whoever routes its callers goes on from. Throws StoreError. */
  async pastOf(switchId: string): Promise<RoutePast> {
    return loadRoutePast(this.sql, switchId);
  }

  /** All lines of a portal. */
  async of(portalId: string): Promise<SavedRoute[]> {
    const rows = (await this.sql.rows(ROUTES, [portalId])) as (Omit<SavedRoute, 'settings'> & {
      routing: unknown;
    })[];
    return rows.map(({ routing, ...line }) => ({ ...line, settings: settingsIn(routing) }));
  }

  /**
   * Decides how a line routes its callers.
   *
   * @param settings what `readRouteSettings` accepts; undefined: not at all, the dialplan does
   *
   * @throws StoreError `bad-row` when the settings are wrong, or the number is no line of the portal
   */
  async save(
    portalId: string,
    { switchId, did, domain = '' }: DialledLine & { readonly domain?: string },
    settings: unknown,
  ): Promise<void> {
    if (settings !== undefined) readRouteSettings(settings);
    const json = settings === undefined ? null : JSON.stringify(settings);
    const saved = await this.sql.rows(SAVE, [portalId, switchId, domain, did, json]);
    if (saved.length > 0) return;
    throw new StoreError(`${did} is no line of this portal`, { kind: 'bad-row', table: 'external_line' });
  }

  /** Who of the company talked last with a number, in so many days. */
  async lastManager(switchId: string, numbers: readonly string[], days: number): Promise<string | undefined> {
    const [row] = await this.sql.rows(LAST_MANAGER, [switchId, numbers, days]);
    return (row as { extension: string } | undefined)?.extension;
  }
}

function settingsIn(routing: unknown): SavedRoute['settings'] {
  if (routing === null) return undefined;
  const read = checkRouteSettings(routing);
  return read.ok ? read.settings : 'unreadable';
}
