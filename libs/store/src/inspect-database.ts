import type { DataSource } from 'typeorm';
import { MIGRATIONS } from './migrations';
import { SEALED_COLUMNS } from './secrets/reseal';
import type { SecretBox } from './secrets/secret-box';
import { sqlOf } from './sql';

/** How the database is. */
export interface DatabaseFacts {
  /** 180001 */
  readonly versionNumber: number;
  /** 18.1 */
  readonly version: string;
  /** Its clock, epoch ms. */
  readonly now: number;
  /** Migrations of this program that it lacks. */
  readonly missing: readonly string[];
  /** Migrations that this program does not know: a newer one was here. */
  readonly unknown: readonly string[];
  /** Secrets that are sealed with another key than the first: they keep that key from being taken away. */
  readonly sealedWithOtherKeys: number;
}

const FACTS = `
  SELECT current_setting('server_version_num')::integer AS "versionNumber", current_setting('server_version') AS version,
    extract(epoch FROM clock_timestamp())::float8 * 1000 AS now`;

/** Looks at the database without changing anything. Throws StoreError when it cannot be reached. */
export async function inspectDatabase(dataSource: DataSource, secrets: SecretBox): Promise<DatabaseFacts> {
  const sql = sqlOf(dataSource);
  const [facts] = (await sql.rows(FACTS)) as Pick<DatabaseFacts, 'versionNumber' | 'version' | 'now'>[];
  if (facts === undefined) throw new Error('Postgres did not answer');
  const applied = await appliedMigrations(dataSource);
  const known = MIGRATIONS.map(({ name }) => name);
  const missing = known.filter((name) => !applied.includes(name));
  return {
    ...facts,
    missing,
    unknown: applied.filter((name) => !known.includes(name)),
    sealedWithOtherKeys: missing.length === 0 ? await sealedWithOtherKeys(dataSource, secrets) : 0,
  };
}

async function appliedMigrations(dataSource: DataSource): Promise<string[]> {
  const sql = sqlOf(dataSource);
  const [table] = await sql.rows(`SELECT to_regclass('migrations') AS name`);
  if ((table as { name: string | null }).name === null) return [];
  const rows = await sql.rows('SELECT name FROM migrations ORDER BY id');
  return (rows as { name: string }[]).map(({ name }) => name);
}

async function sealedWithOtherKeys(dataSource: DataSource, secrets: SecretBox): Promise<number> {
  const sql = sqlOf(dataSource);
  let count = 0;
  for (const { table, column } of SEALED_COLUMNS) {
    const rows = await sql.rows(`SELECT ${column} AS sealed FROM ${table} WHERE ${column} IS NOT NULL`);
    count += (rows as { sealed: string }[]).filter(({ sealed }) => !secrets.isCurrent(sealed)).length;
  }
  return count;
}
