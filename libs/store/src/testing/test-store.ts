import type { DataSource } from 'typeorm';
import { createSecretKey } from 'node:crypto';
import { createDataSource } from '../data-source';
import { sqlOf, type Sql } from '../sql';
import { DirectoryStore } from '../portals/directory.store';
import type { InstalledPortal } from '../portals/install-portal';
import { PortalStore } from '../portals/portal.store';
import { migrate } from '../run-migrations';
import { SecretBox } from '../secrets/secret-box';

/** A migrated database of one spec. */
export interface TestStore {
  readonly url: string;
  readonly dataSource: DataSource;
  readonly sql: Sql;
  /** Deletes all rows. Quicker than a new database for every test, and than TRUNCATE of all partitions. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Those that refer to others first; what belongs to a call or to a portal goes with it. */
const TABLES = [
  'portal_request',
  'portal_event',
  'portal_call',
  'click',
  'call_event',
  'call',
  'portal',
  'portal_app',
  'switch',
  'process_heartbeat',
];

/** Seals what the specs store. */
export const TEST_KEYS = [{ id: 'test', key: createSecretKey(Buffer.alloc(32, 7)) }];
export const TEST_SECRETS = new SecretBox(TEST_KEYS);

interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Migrates the database, which is quick when it is a copy of a migrated one, and connects. */
export async function openTestStore(database: TestDatabase): Promise<TestStore> {
  await migrate(database.url);
  const dataSource = await createDataSource(database.url, { applicationName: 'store-spec' }).initialize();
  const sql = sqlOf(dataSource);
  return {
    url: database.url,
    dataSource,
    sql,
    clear: async () => {
      for (const table of TABLES) await sql.rows(`DELETE FROM ${table}`);
    },
    close: async () => {
      await dataSource.destroy();
      await database.drop();
    },
  };
}

export const SWITCH_ID = 'main';

export const ACME: InstalledPortal = {
  memberId: 'a'.repeat(32),
  domain: 'acme.bitrix24.com',
  endpoint: 'https://acme.bitrix24.com/rest/',
  credentials: { accessToken: 'acme-token' },
  settings: { defaultUserId: 1 },
};

export const GLOBEX: InstalledPortal = {
  ...ACME,
  memberId: 'b'.repeat(32),
  domain: 'globex.bitrix24.com',
  endpoint: 'https://globex.bitrix24.com/rest/',
  credentials: { accessToken: 'globex-token' },
};

/** The switch `main`, and a portal. Gives our id of the portal. */
export async function seedSwitchAndPortal(
  dataSource: DataSource,
  portal: InstalledPortal = ACME,
): Promise<string> {
  await new DirectoryStore(dataSource).registerSwitch(SWITCH_ID);
  const { portalId } = await new PortalStore(dataSource, TEST_SECRETS).install(portal);
  return portalId;
}
