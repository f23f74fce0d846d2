import type { DataSource } from 'typeorm';
import { sqlOf, type Sql } from './sql';

/** A process as it tells of itself. */
export interface Heartbeat {
  /** A uuid, made anew at every start. */
  readonly processId: string;
  /** gateway or worker. */
  readonly app: string;
  readonly host: string;
  readonly pid: number;
  /** Epoch ms. */
  readonly startedAt: number;
  /** What its /health says. */
  readonly health: object;
}

/** A process, and how long ago it was heard of. */
export interface SeenProcess extends Heartbeat {
  /** By the database's clock alone. */
  readonly silentMs: number;
}

const BEAT = `
  INSERT INTO process_heartbeat (process_id, app, host, pid, started_at, seen_at, health)
  VALUES ($1, $2, $3, $4, to_timestamp($5), clock_timestamp(), $6)
  ON CONFLICT (process_id) DO UPDATE SET seen_at = excluded.seen_at, health = excluded.health`;

/** A process that was killed leaves its row: for a day it tells when that was. */
const FORGET = `DELETE FROM process_heartbeat WHERE seen_at < clock_timestamp() - interval '1 day'`;

const SEEN = `
  SELECT process_id AS "processId", app, host, pid, extract(epoch FROM started_at)::float8 * 1000 AS "startedAt", health,
    extract(epoch FROM clock_timestamp() - seen_at)::float8 * 1000 AS "silentMs"
  FROM process_heartbeat ORDER BY app, seen_at DESC`;

/** Which of our processes are alive, wherever they run. */
export class HeartbeatStore {
  private readonly sql: Sql;

  constructor(dataSource: DataSource) {
    this.sql = sqlOf(dataSource);
  }

  /** The process is alive. Throws StoreError. */
  async beat({ processId, app, host, pid, startedAt, health }: Heartbeat): Promise<void> {
    await this.sql.rows(BEAT, [processId, app, host, pid, startedAt / 1000, JSON.stringify(health)]);
    await this.sql.rows(FORGET);
  }

  /** The process ends in order. */
  async leave(processId: string): Promise<void> {
    await this.sql.rows('DELETE FROM process_heartbeat WHERE process_id = $1', [processId]);
  }

  /** All that were heard of within a day, the latest first within their app. */
  async seen(): Promise<SeenProcess[]> {
    return (await this.sql.rows(SEEN)) as SeenProcess[];
  }
}
