import type { DataSource } from 'typeorm';
import { sqlOf, type Sql } from '../sql';
import { StoreError } from '../store-error';
import { phoneHomes, type PhoneHome } from './phone-homes';
import { UNINSTALLED } from './portal-trouble';
import { readPortalSettings } from './portal-settings';

/** A phone in a call whose extension belongs to nobody. */
export interface Stranger extends PhoneHome {
  readonly callId: string;
  readonly extension: string;
}

/** A phone that somebody has. */
export interface KnownPhone extends PhoneHome {
  readonly extension: string;
  readonly userId: number;
}

const HOME_FACTS = `
  SELECT settings,
    (SELECT coalesce(jsonb_agg(switch_id ORDER BY switch_id), '[]') FROM switch
     WHERE default_portal = portal.member_id OR lower(default_portal) = portal.domain) AS "defaultOf",
    (SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('switchId', switch_id, 'domain', domain)), '[]')
     FROM external_line WHERE external_line.portal_id = portal.portal_id) AS lines,
    (SELECT coalesce(jsonb_agg(switch_id ORDER BY switch_id), '[]') FROM switch WHERE NOT EXISTS (
       SELECT FROM portal AS other WHERE other.portal_id <> portal.portal_id AND other.erase_since IS NULL
         AND other.trouble_kind IS DISTINCT FROM '${UNINSTALLED}')) AS everywhere
  FROM portal WHERE portal_id = $1`;

/** As a row has it. */
type Nullable<T extends { readonly domain?: string }> = Omit<T, 'domain'> & {
  readonly domain: string | null;
};

interface FactsRow {
  readonly settings: unknown;
  readonly defaultOf: readonly string[];
  readonly lines: readonly { readonly switchId: string; readonly domain: string }[];
  readonly everywhere: readonly string[];
}

/** By the index of open calls: however many ended ones there are. A leg that tells no domain is known in any. */
const STRANGERS = `
  SELECT call.call_id AS "callId", call.switch_id AS "switchId", channel.domain, channel.extension
  FROM call JOIN channel USING (call_id)
  WHERE call.ended_at IS NULL AND call.started_at > clock_timestamp() - interval '1 day'
    AND channel.extension IS NOT NULL AND channel.ended_at IS NULL
    AND NOT EXISTS (
      SELECT FROM portal_user AS known
      WHERE known.switch_id = call.switch_id AND known.extension = channel.extension
        AND known.domain IN ('', coalesce(channel.domain, known.domain)))
  ORDER BY call.started_at DESC
  LIMIT 1000`;

const PHONES = `
  SELECT switch_id AS "switchId", nullif(domain, '') AS domain, extension, user_id AS "userId"
  FROM portal_user WHERE portal_id = $1 ORDER BY extension, switch_id, domain`;

/** Whose phones are where. */
export class PhoneStore {
  private readonly sql: Sql;

  constructor(dataSource: DataSource) {
    this.sql = sqlOf(dataSource);
  }

  /** Where the extensions of a portal count; see `phoneHomes`. Throws StoreError `bad-row` when there is no such portal. */
  async homesOf(portalId: string): Promise<PhoneHome[]> {
    const [row] = (await this.sql.rows(HOME_FACTS, [portalId])) as FactsRow[];
    if (!row) throw new StoreError(`there is no portal ${portalId}`, { kind: 'bad-row', table: 'portal' });
    return phoneHomes({
      ...row,
      chosen: readPortalSettings(row.settings).phones,
      lines: row.lines.map(({ switchId, domain }) => (domain === '' ? { switchId } : { switchId, domain })),
    });
  }

  /** The phones in open calls that belong to nobody in any portal, newest calls first. Cheap when there are none. */
  async strangers(): Promise<Stranger[]> {
    const rows = (await this.sql.rows(STRANGERS)) as Nullable<Stranger>[];
    return rows.map((row) => ({ ...row, domain: row.domain ?? undefined }));
  }

  /** Who has which phone in a portal. */
  async of(portalId: string): Promise<KnownPhone[]> {
    const rows = (await this.sql.rows(PHONES, [portalId])) as Nullable<KnownPhone>[];
    return rows.map((row) => ({ ...row, domain: row.domain ?? undefined }));
  }

  /** The switches that some gateway has followed. */
  async switches(): Promise<{ readonly switchId: string; readonly defaultPortal?: string }[]> {
    const rows = await this.sql.rows('SELECT switch_id, default_portal FROM switch ORDER BY switch_id');
    return (rows as { switch_id: string; default_portal: string | null }[]).map((row) => ({
      switchId: row.switch_id,
      defaultPortal: row.default_portal ?? undefined,
    }));
  }
}
