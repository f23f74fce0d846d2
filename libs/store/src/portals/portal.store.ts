import type { DataSource } from 'typeorm';
import { PortalEntity } from '../entities/portal.entity';
import { sqlOf, type Sql } from '../sql';
import { StoreError, storeError } from '../store-error';
import { closeCredentials, openCredentials, type PortalCredentials } from './portal-credentials';
import { readPortalSettings, type PortalSettings, type PortalSettingsInput } from './portal-settings';

/** A portal as it comes out of an installation. */
export interface InstalledPortal {
  readonly memberId: string;
  /** Host name, for example company.bitrix24.com. */
  readonly domain: string;
  /** REST root, for example https://company.bitrix24.com/rest/. */
  readonly endpoint: string;
  readonly credentials: PortalCredentials;
  /** Of a portal that was not known: of one that was, the settings stay. */
  readonly settings: PortalSettingsInput;
}

/** Portals: who they are, what opens them, how they want their calls, and whether they work. */
export class PortalStore {
  private readonly sql: Sql;

  constructor(private readonly dataSource: DataSource) {
    this.sql = sqlOf(dataSource);
  }

  /**
   * Installs a portal, or installs it again: then its address and tokens are replaced, and its settings stay.
   *
   * @returns our id of the portal.
   * @throws StoreError `bad-row` when the endpoint is not safe, or something is missing.
   */
  async install(portal: InstalledPortal): Promise<string> {
    const { memberId, domain, endpoint, credentials, settings } = portal;
    const [row] = await this.sql.rows(
      `INSERT INTO portal (member_id, domain, endpoint, credentials, settings) VALUES ($1, lower($2), $3, $4, $5)
       ON CONFLICT (member_id) DO UPDATE SET
         domain = excluded.domain, endpoint = excluded.endpoint, credentials = excluded.credentials,
         status = 'ok', status_reason = NULL, updated_at = now()
       RETURNING portal_id`,
      [memberId, domain, endpoint, closeCredentials(credentials), readPortalSettings(settings)],
    );
    return (row as { portal_id: string }).portal_id;
  }

  /** The portal with this member id, without its credentials; undefined when it is not installed. */
  async byMemberId(memberId: string): Promise<PortalEntity | undefined> {
    return (await this.portals().findOneBy({ memberId }).catch(rethrow)) ?? undefined;
  }

  /** All portals, without their credentials, by domain. */
  async all(): Promise<PortalEntity[]> {
    return this.portals()
      .find({ order: { domain: 'ASC', memberId: 'ASC' } })
      .catch(rethrow);
  }

  /** What opens a portal. Throws StoreError `bad-row` when there is no such portal. */
  async credentialsOf(portalId: string): Promise<PortalCredentials> {
    const [row] = await this.sql.rows('SELECT credentials FROM portal WHERE portal_id = $1', [portalId]);
    return openCredentials(known(portalId, row as { credentials: string } | undefined).credentials);
  }

  /** Stores a new pair of tokens: before its first use, since it has made the old pair worthless. */
  async saveCredentials(portalId: string, credentials: PortalCredentials): Promise<void> {
    await this.change(portalId, 'credentials = $2', [closeCredentials(credentials)]);
  }

  /** The settings of a portal. Throws StoreError `bad-row` when there is no such portal. */
  async settingsOf(portalId: string): Promise<PortalSettings> {
    const [row] = await this.sql.rows('SELECT settings FROM portal WHERE portal_id = $1', [portalId]);
    return readPortalSettings(known(portalId, row as { settings: unknown } | undefined).settings);
  }

  /** Throws StoreError `bad-row`, naming the first setting that is wrong. */
  async saveSettings(portalId: string, settings: PortalSettingsInput): Promise<void> {
    await this.change(portalId, 'settings = $2', [readPortalSettings(settings)]);
  }

  /** Nothing can be sent to the portal until a person has acted; `reason` is for this person. */
  async markRed(portalId: string, reason: string): Promise<void> {
    await this.change(portalId, `status = 'red', status_reason = $2`, [reason]);
  }

  /** The portal works (again). */
  async markOk(portalId: string): Promise<void> {
    await this.change(portalId, `status = 'ok', status_reason = NULL`, []);
  }

  /** The portal's rate limit: 50 and 2 unless told; Enterprise plans have 250 and 5 (Bitrix24 limits page). */
  async setRateLimit(portalId: string, limit: { capacity: number; drainPerSecond: number }): Promise<void> {
    await this.change(portalId, 'rate_capacity = $2, rate_drain_per_second = $3', [
      limit.capacity,
      limit.drainPerSecond,
    ]);
  }

  private async change(portalId: string, assignments: string, values: readonly unknown[]): Promise<void> {
    const [row] = await this.sql.rows(
      `UPDATE portal SET ${assignments}, updated_at = now() WHERE portal_id = $1 RETURNING portal_id`,
      [portalId, ...values],
    );
    known(portalId, row);
  }

  private portals() {
    return this.dataSource.getRepository(PortalEntity);
  }
}

function known<T>(portalId: string, row: T | undefined): T {
  if (row !== undefined) return row;
  throw new StoreError(`there is no portal ${portalId}`, { kind: 'bad-row', table: 'portal' });
}

function rethrow(error: unknown): never {
  throw storeError(error);
}
