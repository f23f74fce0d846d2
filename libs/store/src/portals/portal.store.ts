import type { DataSource } from 'typeorm';
import { IsNull } from 'typeorm';
import { PortalEntity } from '../entities/portal.entity';
import type { SecretBox } from '../secrets/secret-box';
import { inTransaction, sqlOf, type Sql } from '../sql';
import { StoreError, storeError } from '../store-error';
import {
  installPortal,
  updateApplication,
  type ApplicationUpdate,
  type Installed,
  type InstalledPortal,
} from './install-portal';
import { closeCredentials, openCredentials, type PortalCredentials } from './portal-credentials';
import { PortalLocks } from './portal-locks';
import { readPortalSettings, type PortalSettings, type PortalSettingsInput } from './portal-settings';
import {
  NO_TROUBLE,
  troubleIn,
  UNINSTALLED,
  type PortalTrouble,
  type TroubleColumns,
} from './portal-trouble';
import { erasePortal, portalsToErase, uninstallPortal } from './remove-portal';
import { renewTokens, type Renewal, type RenewalBasis } from './renew-tokens';
import { wakeCalls, wakeStuckCalls } from './wake-calls';

/** What a request to a portal needs. Holds a secret. */
export interface OpenedPortal {
  readonly memberId: string;
  readonly endpoint: string;
  readonly appId?: string;
  /** Undefined: there is none, and `trouble` says why. */
  readonly accessToken?: string;
  readonly trouble?: PortalTrouble;
}

const OPEN = `
  SELECT member_id, endpoint, app_id, credentials, trouble_kind, trouble_reason, trouble_cure
  FROM portal WHERE portal_id = $1`;

interface OpenRow extends TroubleColumns {
  readonly member_id: string;
  readonly endpoint: string;
  readonly app_id: string | null;
  readonly credentials: string | null;
}

/** Whoever is told the same again leaves the moment when it began, and writes nothing. */
const MARK_RED = `
  UPDATE portal SET
    trouble_kind = $2, trouble_reason = $3, trouble_cure = $4, trouble_since = clock_timestamp(), updated_at = now()
  WHERE portal_id = $1 AND (trouble_kind IS NULL OR trouble_kind NOT IN ($2, '${UNINSTALLED}'))
  RETURNING portal_id`;

const MARK_OK = `
  UPDATE portal SET ${NO_TROUBLE}, updated_at = now()
  WHERE portal_id = $1 AND credentials IS NOT NULL AND trouble_kind = ANY (coalesce($2::text[], ARRAY[trouble_kind]))
  RETURNING portal_id`;

/** Only in the place of a limit that Bitrix24 itself has (limits page). */
const LEARN_RATE_LIMIT = `
  UPDATE portal SET rate_capacity = $2, rate_drain_per_second = $3
  WHERE portal_id = $1 AND (rate_capacity, rate_drain_per_second) IN ((50, 2), (250, 5))`;

/** Another process may refresh for so long; an OAuth server is given less. */
const RENEWAL_WAIT_MS = 30_000;

/** Portals: who they are, what opens them, how they want their calls, and whether they work. */
export class PortalStore {
  private readonly sql: Sql;
  private readonly locks: PortalLocks;

  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: SecretBox,
    { renewalWaitMs = RENEWAL_WAIT_MS }: { readonly renewalWaitMs?: number } = {},
  ) {
    this.sql = sqlOf(dataSource);
    this.locks = new PortalLocks(dataSource, renewalWaitMs);
  }

  /**
   * Installs a portal, or installs it again: then its address and tokens are replaced, its settings stay, its trouble is
   * over and its waiting calls are due. It has to be set up.
   *
   * @throws StoreError `bad-row` when the endpoint is not safe, something is missing, or the local application is another
   *   portal's.
   */
  async install(portal: InstalledPortal): Promise<Installed> {
    return inTransaction(this.dataSource, (sql) => installPortal(sql, this.secrets, portal));
  }

  /** A new version of the application was installed. Throws StoreError. */
  async updateApplication(update: ApplicationUpdate): Promise<void> {
    await inTransaction(this.dataSource, (sql) => updateApplication(sql, this.secrets, update));
  }

  /**
   * The application was removed: the tokens go at once, the portal is red. With `clean` its users, lines and settings go
   * too, it can be installed anew as if it had never been there, and the rest is deleted by `erase`. Quick, and harmless
   * to repeat.
   */
  async uninstall(portalId: string, trouble: PortalTrouble, clean: boolean): Promise<void> {
    await inTransaction(this.dataSource, (sql) => uninstallPortal(sql, portalId, trouble, clean));
  }

  /** The portals whose data somebody has yet to `erase`. */
  async toErase(): Promise<string[]> {
    return portalsToErase(this.sql);
  }

  /** Deletes what is left of a portal that was uninstalled with `clean`; see `erasePortal`. */
  async erase(portalId: string, stop?: AbortSignal): Promise<boolean> {
    return erasePortal(this.sql, portalId, stop);
  }

  /** The portal with this member id, without its credentials; undefined when it is not installed. */
  async byMemberId(memberId: string): Promise<PortalEntity | undefined> {
    return (await this.portals().findOneBy({ memberId }).catch(rethrow)) ?? undefined;
  }

  /** The portal with our id, without its credentials. */
  async byId(portalId: string): Promise<PortalEntity | undefined> {
    return (await this.portals().findOneBy({ portalId }).catch(rethrow)) ?? undefined;
  }

  /** All portals, without their credentials, by domain. */
  async all(): Promise<PortalEntity[]> {
    return this.portals()
      .find({ where: { eraseSince: IsNull() }, order: { domain: 'ASC', memberId: 'ASC' } })
      .catch(rethrow);
  }

  /** Where a portal is and what opens it. Throws StoreError `bad-row` when there is no such portal. */
  async open(portalId: string): Promise<OpenedPortal> {
    const [found] = (await this.sql.rows(OPEN, [portalId])) as OpenRow[];
    const row = known(portalId, found);
    const { member_id: memberId, endpoint, credentials } = row;
    return {
      memberId,
      endpoint,
      appId: row.app_id ?? undefined,
      accessToken:
        credentials === null ? undefined : openCredentials(this.secrets, memberId, credentials).accessToken,
      trouble: troubleIn(row),
    };
  }

  /** What opens a portal. Throws StoreError `bad-row` when there is no such portal, or it has no tokens. */
  async credentialsOf(portalId: string): Promise<PortalCredentials> {
    const [row] = await this.sql.rows(
      'SELECT member_id, credentials FROM portal WHERE portal_id = $1 AND credentials IS NOT NULL',
      [portalId],
    );
    const found = known(portalId, row as { member_id: string; credentials: string } | undefined);
    return openCredentials(this.secrets, found.member_id, found.credentials);
  }

  /**
   * A working access token in the place of one that the portal called expired. One process at a time renews, the others
   * get what it has stored; nobody holds a transaction while the OAuth server is asked. The new pair is committed before
   * it is returned.
   *
   * The window that remains: a process that dies after the OAuth server has answered and before the commit has lost the
   * pair, and the old refresh token is void. The next renewal is refused then, and a person has to reinstall.
   *
   * @param stale what the portal refused
   * @param refresh asks the OAuth server; bounded in time by its caller. What it throws is passed on and changes nothing.
   * @returns undefined when it was refused: the portal is red with the trouble that `refresh` gave.
   * @throws StoreError `unavailable` when another process holds the portal for too long
   */
  async renewTokens(
    portalId: string,
    stale: string,
    refresh: (basis: RenewalBasis) => Promise<Renewal>,
  ): Promise<string | undefined> {
    return this.locks.hold(portalId, () => renewTokens(this.sql, this.secrets, { portalId, stale }, refresh));
  }

  /** Stores tokens that came on another way than by `renewTokens`. */
  async saveCredentials(portalId: string, credentials: PortalCredentials): Promise<void> {
    const [row] = await this.sql.rows('SELECT member_id FROM portal WHERE portal_id = $1', [portalId]);
    const { member_id: memberId } = known(portalId, row as { member_id: string } | undefined);
    await this.change(portalId, 'credentials = $2, renewed_at = NULL', [
      closeCredentials(this.secrets, memberId, credentials),
    ]);
  }

  /** The settings of a portal. Throws StoreError `bad-row` when there is no such portal. */
  async settingsOf(portalId: string): Promise<PortalSettings> {
    const [row] = await this.sql.rows('SELECT settings FROM portal WHERE portal_id = $1', [portalId]);
    return readPortalSettings(known(portalId, row as { settings: unknown } | undefined).settings);
  }

  /** Throws StoreError `bad-row`, naming the first setting that is wrong. */
  async saveSettings(portalId: string, settings: PortalSettingsInput): Promise<void> {
    await this.change(portalId, 'settings = $2', [readPortalSettings(settings)]);
    await wakeStuckCalls(this.sql, portalId);
  }

  /**
   * Nothing can be sent to the portal until a person has acted. An uninstalled portal stays uninstalled.
   *
   * @returns false: nothing has changed, it was red for this reason already.
   */
  async markRed(portalId: string, { kind, reason, cure }: PortalTrouble): Promise<boolean> {
    return (await this.sql.rows(MARK_RED, [portalId, kind, reason, cure])).length > 0;
  }

  /**
   * The portal works (again), and its waiting calls are due.
   *
   * @param kinds only these troubles are over; default all. A portal without tokens stays red.
   * @returns whether it was red.
   */
  async markOk(portalId: string, kinds?: readonly string[]): Promise<boolean> {
    return inTransaction(this.dataSource, async (sql) => {
      const [changed] = await sql.rows(MARK_OK, [portalId, kinds]);
      if (!changed) return false;
      await wakeCalls(sql, portalId);
      return true;
    });
  }

  /** Makes the waiting calls of a portal due now. */
  async wakeCalls(portalId: string): Promise<void> {
    await wakeCalls(this.sql, portalId);
  }

  /** The portal was renamed: where it is from now on. Throws StoreError `bad-row` when the endpoint is not safe. */
  async move(portalId: string, { endpoint, domain }: { endpoint: string; domain: string }): Promise<void> {
    await this.change(portalId, 'endpoint = $2, domain = lower($3)', [endpoint, domain]);
  }

  /** What the portal tells of application and licence. What is undefined stays. */
  async saveFacts(
    portalId: string,
    { scope, appStatus, license }: { scope?: readonly string[]; appStatus?: string; license?: string },
  ): Promise<void> {
    await this.change(
      portalId,
      'scope = coalesce($2, scope), app_status = coalesce($3, app_status), license = coalesce($4, license)',
      [scope, appStatus, license],
    );
  }

  /** The portals that are red for one of these reasons and have tokens to ask with. */
  async inTrouble(kinds: readonly string[]): Promise<string[]> {
    const rows = await this.sql.rows(
      'SELECT portal_id FROM portal WHERE trouble_kind = ANY ($1) AND credentials IS NOT NULL ORDER BY portal_id',
      [kinds],
    );
    return (rows as { portal_id: string }[]).map((row) => row.portal_id);
  }

  /** The limit that goes with the portal's plan. One that somebody has set otherwise stays. */
  async learnRateLimit(portalId: string, limit: { capacity: number; drainPerSecond: number }): Promise<void> {
    await this.sql.rows(LEARN_RATE_LIMIT, [portalId, limit.capacity, limit.drainPerSecond]);
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
