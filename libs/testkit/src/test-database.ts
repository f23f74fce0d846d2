import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

/** A database that one test file has for itself. */
export interface TestDatabase {
  /** postgres://... */
  readonly url: string;
  /**
   * Removes it. Throws, naming who is still connected, when the test has left a connection open: a pool that a test
   * forgets is a pool that production code may forget too.
   */
  drop(): Promise<void>;
}

/** A pool's `end()` resolves when its sockets are closed on our side; the server notices some milliseconds later. */
const DISCONNECTED_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 20;

/**
 * A copy of the migrated template database in TEST_TEMPLATE_URL (`./run test` sets it; copying takes about 50 ms), on the
 * server of DATABASE_URL; without a template an empty database.
 */
export async function createTestDatabase(env: NodeJS.ProcessEnv = process.env): Promise<TestDatabase> {
  if (!env.DATABASE_URL) throw new Error('This test needs Postgres: run it with "./run test --int <path>".');
  const template = env.TEST_TEMPLATE_URL ? databaseOf(env.TEST_TEMPLATE_URL) : undefined;
  return createDatabase(env.DATABASE_URL, { template, env });
}

/**
 * A new database on the server of `url` (Postgres 15 or newer), whose user may create databases; `./run test` looks whether it
 * was dropped. FILE_COPY takes two thirds of the time of the usual strategy, which writes all pages to the log.
 */
export async function createDatabase(
  url: string,
  { template = 'template1', env }: { template?: string; env: NodeJS.ProcessEnv },
): Promise<TestDatabase> {
  const run = env.TEST_TEMPLATE_URL ? databaseOf(env.TEST_TEMPLATE_URL) : 'connector_test';
  const name = `${run}_${randomBytes(6).toString('hex')}`;
  await withClient(url, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`),
  );
  return {
    url: Object.assign(new URL(url), { pathname: `/${name}` }).href,
    drop: () => withClient(url, (client) => dropDatabase(client, name)),
  };
}

async function dropDatabase(client: Client, name: string): Promise<void> {
  const open = await connectionsLeft(client, name);
  await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  if (open.length > 0) throw new Error(`The test left connections to its database open: ${open.join('; ')}`);
}

async function connectionsLeft(client: Client, name: string): Promise<string[]> {
  const deadline = performance.now() + DISCONNECTED_WITHIN_MS;
  for (;;) {
    const { rows } = await client.query<{ who: string }>(
      `SELECT concat_ws(' ', application_name, state, 'after', left(query, 60)) AS who
         FROM pg_stat_activity WHERE datname = $1`,
      [name],
    );
    if (rows.length === 0 || performance.now() > deadline) return rows.map(({ who }) => who);
    await pause(LOOK_EVERY_MS);
  }
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The name of the database at this address. */
export function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
