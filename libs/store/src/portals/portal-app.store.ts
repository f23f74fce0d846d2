import { randomBytes, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { PortalAppEntity } from '../entities/portal-app.entity';
import type { SecretBox, SecretPlace } from '../secrets/secret-box';
import { sha256 } from '../secrets/sha256';
import { inTransaction, sqlOf, type Sql } from '../sql';
import { StoreError, storeError } from '../store-error';

/** An application as somebody adds it, with what Bitrix24 shows of it. */
export interface NewPortalApp {
  readonly kind: 'local' | 'market';
  readonly clientId: string;
  readonly clientSecret: string;
  /** The portal of a local application, when it is known beforehand. */
  readonly memberId?: string;
}

/** An application with its opened secret. Never to be logged. */
export interface PortalAppSecrets {
  readonly appId: string;
  readonly kind: 'local' | 'market';
  readonly clientId: string;
  readonly clientSecret: string;
  /** Undefined: of the Market, or local and not installed yet. */
  readonly memberId?: string;
}

/** 256 bits in 43 characters that need no escaping in a URL. */
const INSTALL_KEY_BYTES = 32;

const INSERT = `
  INSERT INTO portal_app (app_id, kind, client_id, client_secret, install_key, install_key_hash, member_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

const FIND = 'SELECT app_id, kind, client_id, client_secret, member_id FROM portal_app';

/** Portals whose application was removed have no use for it any more. */
const LET_GO = `UPDATE portal SET app_id = NULL WHERE app_id = $1 AND credentials IS NULL`;

/** Applications: what they are called at Bitrix24, their secrets, and the keys in their addresses. */
export class PortalAppStore {
  private readonly sql: Sql;

  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: SecretBox,
  ) {
    this.sql = sqlOf(dataSource);
  }

  /**
   * Adds an application.
   *
   * @returns our id, and the key of its addresses: show it once, it lets people try to install.
   * @throws StoreError `bad-row` when an application of this client id is there already
   */
  async add(app: NewPortalApp): Promise<{ readonly appId: string; readonly installKey: string }> {
    const { kind, clientId, clientSecret, memberId } = app;
    const appId = randomUUID();
    const installKey = newInstallKey();
    await this.sql.rows(INSERT, [
      appId,
      kind,
      clientId,
      this.secrets.seal(placeOf(appId, 'client_secret'), clientSecret),
      this.secrets.seal(placeOf(appId, 'install_key'), installKey),
      sha256(installKey),
      memberId,
    ]);
    return { appId, installKey };
  }

  /** The application whose addresses hold this key, by its hash: how long it takes says nothing of other keys. */
  async byInstallKey(installKey: string): Promise<PortalAppSecrets | undefined> {
    return this.find('install_key_hash', sha256(installKey));
  }

  /** Undefined when there is none. */
  async byId(appId: string): Promise<PortalAppSecrets | undefined> {
    return this.find('app_id', appId);
  }

  /** The key of an application's addresses, for whoever has to bind events to them. Throws StoreError. */
  async installKeyOf(appId: string): Promise<string> {
    const [row] = await this.sql.rows('SELECT install_key FROM portal_app WHERE app_id = $1', [appId]);
    const { install_key: sealed } = known(appId, row as { install_key: string } | undefined);
    return this.secrets.open(placeOf(appId, 'install_key'), sealed);
  }

  /** All applications without their secrets, the oldest first. */
  async list(): Promise<PortalAppEntity[]> {
    return this.dataSource
      .getRepository(PortalAppEntity)
      .find({ order: { createdAt: 'ASC', appId: 'ASC' } })
      .catch((error: unknown) => {
        throw storeError(error);
      });
  }

  /** Another secret of the same application: Bitrix24 lets one be made anew. Throws StoreError. */
  async changeSecret(appId: string, clientSecret: string): Promise<void> {
    await this.change(appId, 'client_secret = $2', [
      this.secrets.seal(placeOf(appId, 'client_secret'), clientSecret),
    ]);
  }

  /**
   * Other addresses: the old ones are not found any more, so the application has to be given the new ones in Bitrix24,
   * and its portals have to be set up again.
   *
   * @returns the new key: show it once.
   */
  async changeInstallKey(appId: string): Promise<string> {
    const installKey = newInstallKey();
    const sealed = this.secrets.seal(placeOf(appId, 'install_key'), installKey);
    await this.change(appId, 'install_key = $2, install_key_hash = $3', [sealed, sha256(installKey)]);
    return installKey;
  }

  /**
   * Removes an application.
   *
   * @returns false: a portal still has it installed, and nothing was changed.
   * @throws StoreError `bad-row` when there is no such application
   */
  async remove(appId: string): Promise<boolean> {
    return inTransaction(this.dataSource, async (sql) => {
      const [app] = await sql.rows('SELECT FROM portal_app WHERE app_id = $1 FOR UPDATE', [appId]);
      known(appId, app);
      await sql.rows(LET_GO, [appId]);
      const [used] = await sql.rows('SELECT FROM portal WHERE app_id = $1 LIMIT 1', [appId]);
      if (used) return false;
      await sql.rows('DELETE FROM portal_app WHERE app_id = $1', [appId]);
      return true;
    });
  }

  private async find(
    column: 'app_id' | 'install_key_hash',
    value: string,
  ): Promise<PortalAppSecrets | undefined> {
    const [row] = (await this.sql.rows(`${FIND} WHERE ${column} = $1`, [value])) as AppRow[];
    return row && openApp(row, this.secrets);
  }

  private async change(appId: string, assignments: string, values: readonly unknown[]): Promise<void> {
    const statement = `UPDATE portal_app SET ${assignments}, updated_at = now() WHERE app_id = $1 RETURNING app_id`;
    const [row] = await this.sql.rows(statement, [appId, ...values]);
    known(appId, row);
  }
}

/** An application as the database has it. */
export interface AppRow {
  readonly app_id: string;
  readonly kind: 'local' | 'market';
  readonly client_id: string;
  readonly client_secret: string;
  readonly member_id: string | null;
}

/** Opens the secret of an application. Throws StoreError `sealed`. */
export function openApp(row: AppRow, secrets: SecretBox): PortalAppSecrets {
  const { app_id: appId, kind, client_id: clientId } = row;
  const clientSecret = secrets.open(placeOf(appId, 'client_secret'), row.client_secret);
  return { appId, kind, clientId, clientSecret, memberId: row.member_id ?? undefined };
}

function newInstallKey(): string {
  return randomBytes(INSTALL_KEY_BYTES).toString('base64url');
}

function placeOf(appId: string, column: 'client_secret' | 'install_key'): SecretPlace {
  return { table: 'portal_app', column, row: appId };
}

function known<T>(appId: string, row: T | undefined): T {
  if (row !== undefined) return row;
  throw new StoreError(`there is no application ${appId}`, { kind: 'bad-row', table: 'portal_app' });
}
