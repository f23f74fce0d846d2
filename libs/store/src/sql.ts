import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { StoreError, storeError } from './store-error';

/** Runs statements: each by itself, or all in the transaction that gave it. */
export interface Sql {
  /** The rows of a statement (also of UPDATE and DELETE with RETURNING). Whoever wrote the statement knows their shape. */
  rows(statement: string, values?: readonly unknown[]): Promise<unknown[]>;
}

/** Statements that commit by themselves. Throws StoreError. */
export function sqlOf(dataSource: DataSource): Sql {
  return { rows: async (statement, values) => run(poolOf(dataSource), statement, values) };
}

/** All statements of `work` take effect, or none. Throws StoreError, and whatever else `work` throws. */
export async function inTransaction<T>(dataSource: DataSource, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await connect(poolOf(dataSource));
  // The statement that is running tells when the connection breaks; without a listener the event would end the process.
  const ignore = () => undefined;
  client.on('error', ignore);
  let isBroken = false;
  try {
    await run(client, 'BEGIN');
    const result = await work({ rows: (statement, values) => run(client, statement, values) });
    await run(client, 'COMMIT');
    return result;
  } catch (error) {
    // Without a connection there is nothing to roll back: the error that brought us here is the one to tell.
    await run(client, 'ROLLBACK').catch(() => (isBroken = true));
    throw error;
  } finally {
    client.off('error', ignore);
    client.release(isBroken);
  }
}

/**
 * The pool that TypeORM has opened. Our statements go to it directly: TypeORM's query runner takes longer than most of
 * them (measured: 0.3 ms of CPU for each).
 */
function poolOf(dataSource: DataSource): Pool {
  const { master } = dataSource.driver as unknown as { readonly master?: Pool };
  if (master) return master;
  throw new StoreError('there is no connection to the database', { kind: 'unavailable' });
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw storeError(error);
  }
}

/** Prepared once per connection: Postgres plans the larger ones for longer than it runs them (measured: 0.5 ms). */
async function run(
  connection: Pool | PoolClient,
  statement: string,
  values: readonly unknown[] = [],
): Promise<unknown[]> {
  try {
    const { rows } = await connection.query({
      name: nameOf(statement),
      text: statement,
      values: [...values],
    });
    return rows as unknown[];
  } catch (error) {
    throw storeError(error);
  }
}

const NAMES = new Map<string, string>();

/** The same for the same text; Postgres takes 63 bytes. The statements of this library are few. */
function nameOf(statement: string): string {
  const known = NAMES.get(statement);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(statement).digest('base64url');
  NAMES.set(statement, name);
  return name;
}
