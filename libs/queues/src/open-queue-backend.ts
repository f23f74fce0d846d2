import { openPostgresBackend } from './postgres-backend';
import type { BackendOptions, QueueBackend } from './queue-backend';
import { openRedisBackend } from './redis-backend';

/**
 * Connects to where QUEUE_URL points: `redis://` (production) or `postgres://` (embedded). On Postgres BullMQ's tables
 * are made or brought up to date first, in a schema of their own.
 *
 * @throws when the address has another scheme; on Postgres also when it cannot be reached
 */
export async function openQueueBackend(url: string, options: BackendOptions): Promise<QueueBackend> {
  const { protocol } = new URL(url);
  switch (protocol) {
    case 'redis:':
    case 'rediss:':
      return openRedisBackend(url, options);
    case 'postgres:':
    case 'postgresql:':
      return openPostgresBackend(url, options);
    default:
      throw new Error(`a queue cannot be at an address that begins with ${protocol}`);
  }
}
