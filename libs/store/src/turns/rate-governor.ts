import type { DataSource } from 'typeorm';
import { wakeCalls } from '../portals/wake-calls';
import { sqlOf, type Sql } from '../sql';
import type { StepClass } from './step-class';
import { TurnClock, type TurnOptions } from './turn-clock';

export type Reservation = { readonly granted: true } | { readonly granted: false; readonly retryAt: number };

/** What an answer told of the working time of a method, or that the method is blocked. */
export interface OperatingNews {
  readonly method: string;
  /** Used up in the last ten minutes. */
  readonly usedSeconds: number;
  /** Until the oldest of these minutes leaves, ms from now. */
  readonly resetMs: number;
  readonly blocked?: boolean;
}

/**
 * Keeps all workers together below the rate limit of a portal, which counts per portal and source address (`egress`). A
 * leaky bucket in Postgres: each request is a drop, it drains steadily, and a class of request is let in only while the
 * level is below its threshold, so that a live card finds room whatever else waits. Steps of calls ask the WaitingList,
 * which gives turns by the same bucket; this is what else there is to say about the limits.
 *
 * The buckets run on the database's clock. `now` is the caller's; what comes back is in the caller's time again, so that
 * a worker whose clock is wrong waits as long as all others.
 */
export class RateGovernor {
  private readonly sql: Sql;
  private readonly clock: TurnClock;

  constructor(dataSource: DataSource, options: TurnOptions = {}) {
    this.sql = sqlOf(dataSource);
    this.clock = new TurnClock(options);
  }

  /**
   * Takes a place for one request that belongs to no call, to be sent at once. It gives way to all steps that wait.
   *
   * @param now epoch ms
   * @returns `retryAt` (epoch ms): when to ask again. Those who have to wait are given different times.
   * @throws StoreError
   */
  async reserve(portalId: string, egress: string, stepClass: StepClass, now: number): Promise<Reservation> {
    const values = [portalId, egress, stepClass, this.clock.given(now)];
    const wait = await this.wait('SELECT reserve_turn($1, $2, $3, $4) AS wait_ms', values);
    return wait === null ? { granted: true } : { granted: false, retryAt: Math.ceil(now + wait) };
  }

  /** Counts requests that were sent without asking. */
  async count(portalId: string, egress: string, requests: number, now: number): Promise<void> {
    const values = [portalId, egress, requests, this.clock.given(now)];
    await this.sql.rows('SELECT count_requests($1, $2, $3, $4)', values);
  }

  /**
   * The portal refused a request for its rate limit, so its bucket is full: somebody else sends from this address too.
   *
   * @param now epoch ms
   * @returns when to ask again (epoch ms); less urgent classes will be told a later time then.
   * @throws StoreError
   */
  async penalise(portalId: string, egress: string, now: number): Promise<number> {
    const values = [portalId, egress, this.clock.given(now)];
    const wait = await this.wait('SELECT penalise_portal($1, $2, $3) AS wait_ms', values);
    return Math.ceil(now + (wait ?? 0));
  }

  /** The vendor has blocked the portal (OVERLOAD_LIMIT): nothing for so long, and then one request to see. */
  async block(portalId: string, egress: string, forMs: number, now: number): Promise<void> {
    const values = [portalId, egress, forMs, this.clock.given(now)];
    await this.sql.rows('SELECT block_portal($1, $2, $3, $4)', values);
  }

  /** A blocked portal has answered: it is open again, and the calls that wait for it are looked at. */
  async open(portalId: string): Promise<void> {
    const opened = await this.sql.rows(
      'UPDATE portal_rate SET blocked_until = NULL WHERE portal_id = $1 AND blocked_until IS NOT NULL RETURNING 1',
      [portalId],
    );
    if (opened.length > 0) await wakeCalls(this.sql, portalId);
  }

  /** Takes over what answers told of the working time of methods. What is far from any limit need not be told. */
  async learn(portalId: string, news: readonly OperatingNews[], now: number): Promise<void> {
    const worth = news.filter(({ usedSeconds, blocked }) => blocked ?? this.clock.isNearLimit(usedSeconds));
    if (worth.length === 0) return;
    const values = [portalId, JSON.stringify(worth), this.clock.given(now)];
    await this.sql.rows('SELECT learn_operating($1, $2, $3)', values);
  }

  /** When each may use its method again, epoch ms; undefined: it may now. */
  async operatingWaits(
    portalId: string,
    asked: readonly { readonly method: string; readonly stepClass: StepClass }[],
    now: number,
  ): Promise<(number | undefined)[]> {
    const rows = await this.sql.rows(
      `SELECT operating_wait($1, method, step_class, $4, coalesce($5, clock_timestamp())) AS wait_ms
       FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS asked (method, step_class, place) ORDER BY place`,
      [
        portalId,
        asked.map(({ method }) => method),
        asked.map(({ stepClass }) => stepClass),
        this.clock.operatingLimitSeconds,
        this.clock.given(now),
      ],
    );
    return (rows as { wait_ms: number | null }[]).map(({ wait_ms: wait }) =>
      wait === null ? undefined : Math.ceil(now + wait),
    );
  }

  private async wait(statement: string, values: readonly unknown[]): Promise<number | null> {
    const [row] = await this.sql.rows(statement, values);
    return (row as { wait_ms: number | null }).wait_ms;
  }
}
