/** The database and the queue a command needs: given by the environment, or started here and stopped with the launcher. */
import { startPostgres } from './postgres.mjs';
import { startRedis } from './redis.mjs';
import { say } from './say.mjs';
import { sweepLeftovers } from './leftovers.mjs';

export const QUEUES = ['postgres', 'redis'];

/**
 * Gives { DATABASE_URL, QUEUE_URL }. What the environment has wins; when it has both, nothing is started.
 * `queue`: the backend of BullMQ when QUEUE_URL is not given; on Postgres it has its own database beside the calls.
 */
export async function startInfra({ queue = 'postgres', env = process.env } = {}) {
  sweepLeftovers();
  const given = { DATABASE_URL: env.DATABASE_URL, QUEUE_URL: env.QUEUE_URL };
  for (const name of Object.keys(given)) if (given[name]) say(`${name} is given by the environment`);
  const databases = await databaseUrls(given, queue);
  return { ...databases, QUEUE_URL: databases.QUEUE_URL ?? (await startRedis()) };
}

async function databaseUrls({ DATABASE_URL, QUEUE_URL }, queue) {
  const onPostgres = queue === 'postgres';
  if (DATABASE_URL) return { DATABASE_URL, QUEUE_URL: QUEUE_URL ?? (onPostgres ? DATABASE_URL : undefined) };
  const [calls, jobs] = await startPostgres(
    onPostgres && !QUEUE_URL ? ['connector', 'connector_queue'] : ['connector'],
  );
  return { DATABASE_URL: calls, QUEUE_URL: QUEUE_URL ?? jobs };
}
