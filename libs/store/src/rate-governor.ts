import type { DataSource } from 'typeorm';
import { sqlOf, type Sql } from './sql';

/** What a request is for, the most urgent first. The database knows how full the bucket may be for each. */
export type StepClass = 'live-card' | 'finish' | 'recording' | 'backfill' | 'directory';

export type Reservation = { readonly granted: true } | { readonly granted: false; readonly retryAt: number };

export interface RateGovernorOptions {
  /** `database` (default): one clock for all workers. `given`: the caller's `now`, for tests. */
  readonly clock?: 'database' | 'given';
}

/**
 * Keeps all workers together below the rate limit of a portal, which counts per portal and source address (`egress`). A
 * leaky bucket in Postgres: each request is a drop, it drains steadily, and a class of request is let in only while the
 * level is below its threshold, so that a live card finds room whatever else waits.
 *
 * The buckets run on the database's clock. `now` is the caller's; what comes back is in the caller's time again, so that
 * a worker whose clock is wrong waits as long as all others.
 */
export class RateGovernor {
  private readonly sql: Sql;

  constructor(
    dataSource: DataSource,
    private readonly options: RateGovernorOptions = {},
  ) {
    this.sql = sqlOf(dataSource);
  }

  /**
   * Takes a place for one request to be sent at once.
   *
   * @param now epoch ms
   * @returns `retryAt` (epoch ms): when to ask again. Those who have to wait are given different times.
   * @throws StoreError
   */
  async reserve(portalId: string, egress: string, stepClass: StepClass, now: number): Promise<Reservation> {
    const values = [portalId, egress, stepClass, this.clock(now)];
    const wait = await this.wait('SELECT reserve_request($1, $2, $3, $4) AS wait_ms', values);
    return wait === null ? { granted: true } : { granted: false, retryAt: Math.ceil(now + wait) };
  }

  /**
   * The portal refused a request for its rate limit, so its bucket is full: somebody else sends from this address too.
   *
   * @param now epoch ms
   * @returns when to ask again (epoch ms); less urgent classes will be told a later time then.
   * @throws StoreError
   */
  async penalise(portalId: string, egress: string, now: number): Promise<number> {
    const values = [portalId, egress, this.clock(now)];
    const wait = await this.wait('SELECT penalise_portal($1, $2, $3) AS wait_ms', values);
    return Math.ceil(now + (wait ?? 0));
  }

  /** NULL: the database reads its own clock. */
  private clock(now: number): string | null {
    return this.options.clock === 'given' ? new Date(now).toISOString() : null;
  }

  private async wait(statement: string, values: readonly unknown[]): Promise<number | null> {
    const [row] = await this.sql.rows(statement, values);
    return (row as { wait_ms: number | null }).wait_ms;
  }
}
