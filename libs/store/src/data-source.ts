import { DataSource, type DataSourceOptions } from 'typeorm';
import { ENTITIES } from './entities';
import { MIGRATIONS } from './migrations';

export interface StoreOptions {
  /** Connections at most; default 10. */
  readonly poolSize?: number;
  /** What `pg_stat_activity` calls our connections. */
  readonly applicationName?: string;
  /** The server gives up a statement after this time; default 15 s. 0: never (migrations). */
  readonly statementTimeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
/** After the server's own limit, so that it speaks first; this one is for a server that is gone without a word. */
const SILENCE_BEYOND_TIMEOUT_MS = 5_000;

/**
 * TypeORM's options for our database.
 *
 * @param url postgres://...
 */
export function dataSourceOptions(url: string, options: StoreOptions = {}): DataSourceOptions {
  const { poolSize = 10, applicationName = 'connector', statementTimeoutMs = 15_000 } = options;
  return {
    type: 'postgres',
    url,
    applicationName,
    poolSize,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    // gen_random_uuid() is part of Postgres since 13: no extension, so no superuser, is needed.
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    // TypeORM would log the values of a failed statement, tokens among them.
    logging: false,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    extra: {
      keepAlive: true,
      statement_timeout: statementTimeoutMs,
      ...(statementTimeoutMs > 0 && { query_timeout: statementTimeoutMs + SILENCE_BEYOND_TIMEOUT_MS }),
    },
  };
}

/** A data source, not connected yet: call `initialize()`, and `destroy()` at the end. */
export function createDataSource(url: string, options: StoreOptions = {}): DataSource {
  return new DataSource(dataSourceOptions(url, options));
}
