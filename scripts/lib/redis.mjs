/** A throw-away Redis (or Valkey) that keeps nothing on disk. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onFreePort, privateDirectory, throwAwayPassword } from './places.mjs';
import { startServer, whenReady } from './processes.mjs';
import { redisBinary } from './redis-binaries.mjs';
import { say, since } from './say.mjs';

/** One number per test file is taken while it runs; the default of 16 is few. */
const DATABASES = 256;

/** Starts it and gives its address. */
export async function startRedis() {
  const startedAt = performance.now();
  const { port, url } = await onFreePort(launch);
  say(`Redis on port ${port} (${since(startedAt)})`);
  return url;
}

async function launch(port) {
  const { program, env } = redisBinary();
  const directory = privateDirectory();
  const password = throwAwayPassword();
  const settings = join(directory, 'redis.conf');
  writeFileSync(settings, settingsText({ port, password, directory }), { mode: 0o600 });
  const keeper = startServer({
    name: 'redis',
    steps: [{ command: program, args: [settings] }],
    cwd: directory,
    env: { PATH: process.env.PATH, ...env },
    output: join(directory, 'log'),
    directory,
    stopSignal: 'SIGTERM',
  });
  const url = `redis://:${password}@127.0.0.1:${port}/0`;
  await whenReady('Redis', keeper, () => ping(url));
  return { port, url };
}

/** `noeviction`: BullMQ loses jobs under any other policy. */
function settingsText({ port, password, directory }) {
  return `bind 127.0.0.1
port ${port}
requirepass ${password}
dir ${directory}
databases ${DATABASES}
save ""
appendonly no
maxmemory-policy noeviction
`;
}

async function ping(url) {
  const { default: Redis } = await import('ioredis');
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  client.on('error', () => {}); // connect() below rejects with the same
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.disconnect();
  }
}
