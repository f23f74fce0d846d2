import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { createDatabase, databaseOf } from './test-database';

/** A place for BullMQ queues that one test file has for itself. */
export interface TestQueue {
  /** redis://.../<number> or postgres://.../<name>, as QUEUE_URL. */
  readonly url: string;
  /** Empties it and gives it back. Throws when the test has left connections to it open. */
  drop(): Promise<void>;
}

/** A killed test run cannot give its number back; it is free again after this time. */
const RESERVED_FOR_SECONDS = 900;
const DISCONNECTED_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 20;

/**
 * On the backend of QUEUE_URL: a database of its own on Postgres, a copy of TEST_QUEUE_TEMPLATE_URL (`./run test` sets it: BullMQ
 * has its tables there already) or an empty one; a database number of its own on Redis.
 */
export async function createTestQueue(env: NodeJS.ProcessEnv = process.env): Promise<TestQueue> {
  const url = env.QUEUE_URL;
  if (!url) throw new Error('This test needs a queue: run it with "./run test --int <path>".');
  if (url.startsWith('redis')) return reserveRedisDatabase(url);
  const template = env.TEST_QUEUE_TEMPLATE_URL ? databaseOf(env.TEST_QUEUE_TEMPLATE_URL) : undefined;
  return createDatabase(url, { template, env });
}

/** Takes the first number that nobody has reserved and that is empty, so that nobody's data is ever flushed. */
async function reserveRedisDatabase(url: string): Promise<TestQueue> {
  const count = await withRedis(url, 0, numberOfDatabases);
  for (let number = 1; number < count; number++) {
    if (await reserve(url, number)) {
      return {
        url: at(url, number),
        drop: () => giveBack(url, number),
      };
    }
  }
  throw new Error(`All ${count - 1} databases of the test Redis are in use.`);
}

async function reserve(url: string, number: number): Promise<boolean> {
  return withRedis(url, 0, async (redis) => {
    if ((await redis.set(reservation(number), process.pid, 'EX', RESERVED_FOR_SECONDS, 'NX')) === null)
      return false;
    await redis.select(number);
    return (await redis.dbsize()) === 0;
  });
}

async function giveBack(url: string, number: number): Promise<void> {
  const open = await withRedis(url, number, async (redis) => {
    const left = await connectionsLeft(redis, number);
    await redis.flushdb();
    await redis.select(0);
    await redis.del(reservation(number));
    return left;
  });
  if (open.length > 0) throw new Error(`The test left connections to its queue open: ${open.join('; ')}`);
}

async function connectionsLeft(redis: Redis, number: number): Promise<string[]> {
  const deadline = performance.now() + DISCONNECTED_WITHIN_MS;
  const own = await redis.client('ID');
  for (;;) {
    const clients = String(await redis.client('LIST')).split('\n');
    const others = clients.filter(
      (line) => line.includes(` db=${number} `) && !line.startsWith(`id=${own} `),
    );
    if (others.length === 0 || performance.now() > deadline) return others;
    await pause(LOOK_EVERY_MS);
  }
}

async function numberOfDatabases(redis: Redis): Promise<number> {
  const [, value] = (await redis.config('GET', 'databases')) as [string, string];
  return Number(value);
}

async function withRedis<T>(url: string, number: number, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(at(url, number), { maxRetriesPerRequest: 1 });
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

/** In the address, because for ioredis a number that stands there wins over its option `db`. */
function at(url: string, number: number): string {
  return Object.assign(new URL(url), { pathname: `/${number}` }).href;
}

function reservation(number: number): string {
  return `connector-test:database:${number}`;
}
