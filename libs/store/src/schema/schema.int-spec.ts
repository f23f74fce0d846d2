import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createTestDatabase } from '@app/testkit';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../data-source';
import { MIGRATIONS } from '../migrations';
import { migrate } from '../run-migrations';
import { sqlOf } from '../sql';
import { openTestStore, type TestStore } from '../testing/test-store';
import { dumpSchema } from './dump-schema';

/** Some of these migrate several databases. */
jest.setTimeout(30_000);

let store: TestStore;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

afterAll(() => store.close());

/** A database without any table, function or row. */
async function openEmpty(database: { url: string }): Promise<DataSource> {
  const dataSource = await createDataSource(database.url, { poolSize: 1 }).initialize();
  await dataSource.query('DROP SCHEMA public CASCADE');
  await dataSource.query('CREATE SCHEMA public');
  return dataSource;
}

/** Constraints and indexes by name; without partitions, which entities cannot tell. */
async function rulesOf(dataSource: DataSource): Promise<unknown[]> {
  return sqlOf(dataSource).rows(`
    SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS rule
    FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'u')
      AND conrelid IN (SELECT oid FROM pg_class WHERE NOT relispartition AND relname <> 'migrations') AND conparentid = 0
    UNION ALL
    SELECT tablename, indexname, replace(indexdef, ' ON ONLY ', ' ON ') FROM pg_indexes
    WHERE schemaname = 'public' AND indexname LIKE '%\\_idx' AND tablename !~ '_(default|[0-9]{8})$'
    ORDER BY 1, 2`);
}

describe('the schema', () => {
  it('is what libs/store/schema.sql says', async () => {
    const committed = readFileSync(resolve(__dirname, '../../schema.sql'), 'utf8');
    expect(await dumpSchema(store.url)).toBe(committed);
  });

  it('has nothing that TypeORM would change to agree with the entities', async () => {
    const pending = await store.dataSource.driver.createSchemaBuilder().log();
    expect(pending.upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('has the same constraints and indexes, in the same words, as one made from the entities', async () => {
    const scratch = await createTestDatabase();
    const fromEntities = await openEmpty(scratch);
    await fromEntities.synchronize();
    const rules = await rulesOf(fromEntities);
    await fromEntities.destroy();
    await scratch.drop();

    expect(rules.length).toBeGreaterThan(60);
    expect(await rulesOf(store.dataSource)).toEqual(rules);
  });

  it('goes back to nothing, and forward again', async () => {
    const scratch = await createTestDatabase();
    await migrate(scratch.url);
    const dataSource = await createDataSource(scratch.url, { poolSize: 1 }).initialize();
    const applied = dataSource.migrations.length;
    for (let undone = 0; undone < applied; undone++) await dataSource.undoLastMigration();
    const left = await sqlOf(dataSource).rows(`
      SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname !~ '^(migrations|PK_)'
      UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace`);
    await dataSource.destroy();
    const again = await migrate(scratch.url);
    const schema = await dumpSchema(scratch.url);
    await scratch.drop();

    expect(left).toEqual([]);
    expect(again).toHaveLength(applied);
    expect(schema).toBe(await dumpSchema(store.url));
  });

  it('is migrated once when several processes start at the same time', async () => {
    const scratch = await createTestDatabase();
    await (await openEmpty(scratch)).destroy();
    const applied = await Promise.all([migrate(scratch.url), migrate(scratch.url), migrate(scratch.url)]);
    await scratch.drop();

    expect(applied.map((names) => names.length).sort()).toEqual([0, 0, MIGRATIONS.length]);
  });
});
