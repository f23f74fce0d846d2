import { Client } from 'pg';
import { createDataSource } from './data-source';
import { ensurePartitions } from './daily/ensure-partitions';

/** Key of the advisory lock of migrations: any number that nobody else uses. */
const MIGRATION_LOCK = 20_261_122;

/**
 * Brings the database to the newest schema and creates the partitions of the next days. Processes that do so at the same
 * time take turns. Throws whatever a migration throws; nothing is changed then.
 *
 * @returns the names of the migrations that were applied.
 */
export async function migrate(url: string): Promise<string[]> {
  const lock = new Client({ connectionString: url, application_name: 'connector-migrate' });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await applyMigrations(url);
  } finally {
    await lock.end();
  }
}

async function applyMigrations(url: string): Promise<string[]> {
  const options = { poolSize: 1, applicationName: 'connector-migrate', statementTimeoutMs: 0 };
  const dataSource = await createDataSource(url, options).initialize();
  try {
    const applied = await dataSource.runMigrations({ transaction: 'all' });
    await ensurePartitions(dataSource);
    return applied.map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}
