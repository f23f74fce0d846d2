import { Redis } from 'ioredis';
import { Client } from 'pg';

/** What is there where QUEUE_URL points. */
export interface QueueFacts {
  readonly kind: 'redis' | 'postgres';
  /** 7.2.4 or 18.1 */
  readonly version: string;
  /** Of Redis: what it does when it is full; undefined: it does not tell. */
  readonly evictionPolicy?: string;
}

/**
 * Looks once at where the jobs are kept, without changing anything.
 *
 * @throws Error that says why it cannot be reached; its message may name host and port, and no password
 */
export async function inspectQueue(url: string, timeoutMs: number): Promise<QueueFacts> {
  return url.startsWith('redis') ? inspectRedis(url, timeoutMs) : inspectPostgres(url, timeoutMs);
}

async function inspectRedis(url: string, timeoutMs: number): Promise<QueueFacts> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: Error | undefined;
  // The promise of `connect` says no more than that the connection is closed.
  redis.on('error', (error) => (reason = error));
  try {
    await redis.connect();
    const info = await redis.info();
    return {
      kind: 'redis',
      version: fieldOf(info, 'redis_version') ?? 'unknown',
      evictionPolicy: fieldOf(info, 'maxmemory_policy'),
    };
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}

function fieldOf(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
}

async function inspectPostgres(url: string, timeoutMs: number): Promise<QueueFacts> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    application_name: 'connector-doctor',
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return { kind: 'postgres', version: rows[0]?.server_version ?? 'unknown' };
  } finally {
    await client.end().catch(() => undefined);
  }
}
