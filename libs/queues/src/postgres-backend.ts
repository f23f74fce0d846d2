import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import { Pool } from 'pg';
import { jobOptions } from './job-options';
import type { BackendOptions, QueueBackend } from './queue-backend';
import { queues } from './queues';
import { checkedProcessor, workerOptions } from './worker-options';

const { Queue, Worker } = withBackend(createPostgresBackend);

/** BullMQ's own schema, where it looks for its functions (DEFAULT_SCHEMA of BullMQ 6). */
const SCHEMA = 'bullmq';
/** Every worker keeps one connection to wait on; three are left for what all of them do. */
const POOL_SIZE = queues.length + 3;

/**
 * Jobs in Postgres. BullMQ would give every queue and every worker a pool of ten connections; here they share one small
 * pool.
 */
export async function openPostgresBackend(url: string, options: BackendOptions): Promise<QueueBackend> {
  const { onError, postgresPoolSize = POOL_SIZE } = options;
  const connection = new Pool({
    connectionString: url,
    max: postgresPoolSize,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    application_name: 'connector-queue',
    options: `-c search_path=${SCHEMA}`,
  });
  connection.on('error', onError);
  await migrate(connection);
  return {
    kind: 'postgres',
    queue: (definition) => {
      const queue = new Queue(definition.name, { connection, defaultJobOptions: jobOptions(definition) });
      queue.on('error', onError);
      return queue;
    },
    worker: (definition, processor, settings) => {
      // It listens on a connection that it never gives back: without one more, the fourth worker would leave none.
      connection.options.max += 1;
      const options = { ...workerOptions(definition, settings), connection };
      const worker = new Worker(definition.name, checkedProcessor(definition, processor), options);
      worker.on('error', onError);
      if (settings.onFailed) worker.on('failed', settings.onFailed);
      return worker;
    },
    close: () => connection.end(),
  };
}

async function migrate(pool: Pool): Promise<void> {
  try {
    const client = await pool.connect();
    await runMigrations(client, SCHEMA).finally(() => client.release());
  } catch (error) {
    await pool.end();
    throw error;
  }
}
