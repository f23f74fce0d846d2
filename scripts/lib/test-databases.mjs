/** What the tests need of the database server: migrated templates to clone, and a look at what they left behind. */
import { join } from 'node:path';
import { DIST } from './paths.mjs';
import { query } from './postgres.mjs';
import { runCommand } from './processes.mjs';
import { Refusal, say, since } from './say.mjs';

/** Brings the database of DATABASE_URL to the newest schema, and ends. */
const MIGRATE = join(DIST, 'libs/store/src/migrate.js');
const QUEUES = join(DIST, 'libs/queues/src/index.js');

/**
 * Gives `work` the address of a migrated database to clone, and takes it away afterwards. `left` are the databases that
 * test files made and did not drop: libs/testkit names them after the template.
 */
export async function withTemplate(serverUrl, work) {
  const name = `connector_tests_${process.pid}`;
  await query(serverUrl, `CREATE DATABASE ${name}`);
  try {
    const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
    await migrate(url);
    return { result: await work(url), left: await databasesNamed(serverUrl, `${name}_`) };
  } finally {
    for (const database of [...(await databasesNamed(serverUrl, `${name}_`)), name])
      await query(serverUrl, `DROP DATABASE ${database} WITH (FORCE)`);
  }
}

/** Gives `work` the address of a queue database with BullMQ's own schema to clone; none for a queue that is not on Postgres. */
export async function withQueueTemplate(queueUrl, work) {
  if (!queueUrl.startsWith('postgres')) return work();
  const name = `connector_queues_${process.pid}`;
  await query(queueUrl, `CREATE DATABASE ${name}`);
  try {
    const url = Object.assign(new URL(queueUrl), { pathname: `/${name}` }).href;
    const { default: queues } = await import(QUEUES);
    const opened = await queues.openQueueBackend(url, { onError: (error) => say(error.message) });
    await opened.close();
    return await work(url);
  } finally {
    await query(queueUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function databasesNamed(serverUrl, start) {
  const rows = await query(serverUrl, 'SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
    start,
  ]);
  return rows.map(({ datname }) => datname);
}

async function migrate(url) {
  const startedAt = performance.now();
  const env = { ...process.env, DATABASE_URL: url };
  const code = await runCommand(process.execPath, [MIGRATE], { env, output: 'stderr' });
  if (code !== 0) throw new Refusal('The migrations failed; the errors are above.');
  say(`the tests' template database is migrated (${since(startedAt)})`);
}
