import type { DataSource, QueryRunner } from 'typeorm';
import { storeError } from './store-error';

/** Runs statements: each by itself, or all in the transaction that gave it. */
export interface Sql {
  /** The rows of a statement (also of UPDATE and DELETE with RETURNING). Whoever wrote the statement knows their shape. */
  rows(statement: string, values?: readonly unknown[]): Promise<unknown[]>;
}

/** Statements that commit by themselves. Throws StoreError. */
export function sqlOf(dataSource: DataSource): Sql {
  return {
    rows: (statement, values) => withRunner(dataSource, (runner) => run(runner, statement, values)),
  };
}

/** All statements of `work` take effect, or none. Throws StoreError, and whatever else `work` throws. */
export async function inTransaction<T>(dataSource: DataSource, work: (sql: Sql) => Promise<T>): Promise<T> {
  return withRunner(dataSource, async (runner) => {
    await run(runner, 'BEGIN');
    try {
      const result = await work({ rows: (statement, values) => run(runner, statement, values) });
      await run(runner, 'COMMIT');
      return result;
    } catch (error) {
      // Without a connection there is nothing to roll back: the error that brought us here is the one to tell.
      await run(runner, 'ROLLBACK').catch(() => undefined);
      throw error;
    }
  });
}

async function withRunner<T>(dataSource: DataSource, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    return await work(runner);
  } finally {
    await runner.release();
  }
}

async function run(
  runner: QueryRunner,
  statement: string,
  values: readonly unknown[] = [],
): Promise<unknown[]> {
  try {
    const { records } = await runner.query(statement, [...values], true);
    return records as unknown[];
  } catch (error) {
    throw storeError(error);
  }
}
