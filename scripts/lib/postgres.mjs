/** A throw-away Postgres: real, fast because it may lose its data, gone when the launcher ends. */
import { chownSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onFreePort, privateDirectory, serverUser, throwAwayPassword } from './places.mjs';
import { postgresBinaries } from './postgres-binaries.mjs';
import { startServer, whenReady } from './processes.mjs';
import { say, since } from './say.mjs';

const OWNER = 'connector';

/** Safe to lose, so no fsync; every app, test worker and queue has its own pool, so many connections. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
};

/** Starts it and creates `databases`; gives their addresses in the same order. */
export async function startPostgres(databases) {
  const startedAt = performance.now();
  const server = await onFreePort(launch);
  for (const name of databases) await query(server.url('postgres'), `CREATE DATABASE ${name}`);
  say(`Postgres ${server.version} on port ${server.port} (${since(startedAt)})`);
  return databases.map(server.url);
}

/** Runs one statement; each on a connection of its own, since CREATE DATABASE wants that. */
export async function query(url, sql, values) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

async function launch(port) {
  const user = serverUser();
  const directory = privateDirectory(user);
  const { folder, version } = binariesFor(user, directory);
  const password = throwAwayPassword();
  const passwordFile = join(directory, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const keeper = startServer({
    name: 'postgres',
    steps: steps({ folder, data: join(directory, 'data'), passwordFile, port }),
    cwd: directory,
    env: { PATH: process.env.PATH, HOME: directory, LC_ALL: 'C', TZ: 'UTC' },
    ...user,
    output: join(directory, 'log'),
    directory,
    stopSignal: 'SIGQUIT', // an immediate shutdown: there is nothing to save
  });
  const url = (database) => `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
  await whenReady('Postgres', keeper, () => query(url('postgres'), 'SELECT 1'));
  return { version, port, url };
}

function binariesFor(user, directory) {
  try {
    return postgresBinaries({ user, directory });
  } catch (error) {
    rmSync(directory, { recursive: true, force: true }); // no keeper has taken it over yet
    throw error;
  }
}

function steps({ folder, data, passwordFile, port }) {
  const initial = ['--encoding=UTF8', '--locale=C', '--no-sync', '--auth=scram-sha-256'];
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  return [
    {
      command: join(folder, 'initdb'),
      args: ['-D', data, '-U', OWNER, `--pwfile=${passwordFile}`, ...initial],
    },
    { command: join(folder, 'postgres'), args: ['-D', data, ...settings] },
  ];
}
