import type { DataSource } from 'typeorm';
import { isoTime } from '../calls/call-row';
import { sqlOf, type Sql } from '../sql';

/** What is done for a portal again and again. */
export const chores = ['read-users', 'fetch-offline-events'] as const;
export type Chore = (typeof chores)[number];

export interface PortalChore {
  readonly portalId: string;
  readonly chore: Chore;
}

/** How a chore stands. */
export interface ChoreState {
  readonly chore: Chore;
  /** Epoch ms; undefined: not yet. */
  readonly doneAt?: number;
  /** What was wrong the last time, for people. */
  readonly problem?: string;
}

/** What was never done is due at once. Before its first set-up, and without tokens, nothing can be done for a portal. */
const DUE = `
  SELECT portal_id AS "portalId", wanted.chore
  FROM portal CROSS JOIN unnest($3::text[]) AS wanted (chore) LEFT JOIN portal_chore USING (portal_id, chore)
  WHERE credentials IS NOT NULL AND app_id IS NOT NULL AND set_up_done > 0 AND coalesce(due_at, $1) <= $1
  ORDER BY due_at NULLS FIRST, portal_id, chore
  LIMIT $2`;

const ASK = `
  INSERT INTO portal_chore AS known (portal_id, chore, due_at)
  SELECT portal_id, $2, clock_timestamp() FROM portal
  WHERE portal_id = ANY (coalesce($1::uuid[], ARRAY[portal_id])) AND credentials IS NOT NULL AND app_id IS NOT NULL
  ON CONFLICT (portal_id, chore) DO UPDATE SET due_at =
    least(known.due_at, greatest(clock_timestamp(), known.done_at + make_interval(secs => $3::float8 / 1000)))
  RETURNING portal_id, due_at <= clock_timestamp() AS is_due`;

const DONE = `
  INSERT INTO portal_chore (portal_id, chore, due_at, done_at, problem)
  SELECT portal_id, $2, clock_timestamp() + make_interval(secs => $3::float8 / 1000),
    CASE WHEN $5 THEN clock_timestamp() END, $4
  FROM portal WHERE portal_id = $1
  ON CONFLICT (portal_id, chore) DO UPDATE SET
    due_at = excluded.due_at, done_at = coalesce(excluded.done_at, portal_chore.done_at), problem = excluded.problem`;

/**
 * When what is to be done for portals, and how it went: reading their users, fetching the events that they keep for us.
 * A time in Postgres and not in the queue, so that a lost queue loses nothing.
 */
export class ChoreStore {
  private readonly sql: Sql;

  constructor(dataSource: DataSource) {
    this.sql = sqlOf(dataSource);
  }

  /**
   * What is to be done by now.
   *
   * @param now epoch ms
   */
  async due(now: number, limit: number): Promise<PortalChore[]> {
    return (await this.sql.rows(DUE, [isoTime(now), limit, chores])) as PortalChore[];
  }

  /**
   * Somebody wants it done soon.
   *
   * @param portalIds undefined: in all portals
   * @param notWithinMs after it was done last: then it waits until that time is over
   * @returns the portals in which it is due now
   */
  async ask(chore: Chore, portalIds: readonly string[] | undefined, notWithinMs: number): Promise<string[]> {
    const rows = await this.sql.rows(ASK, [portalIds, chore, notWithinMs]);
    return (rows as { portal_id: string; is_due: boolean }[])
      .filter(({ is_due: isDue }) => isDue)
      .map(({ portal_id: portalId }) => portalId);
  }

  /** It was done, perhaps with a problem that a person may mend, and is to be done again after a time. */
  async done(portalId: string, chore: Chore, next: { afterMs: number; problem?: string }): Promise<void> {
    await this.sql.rows(DONE, [portalId, chore, next.afterMs, next.problem, true]);
  }

  /** It could not be done; again after a time. */
  async putOff(portalId: string, chore: Chore, next: { afterMs: number; problem: string }): Promise<void> {
    await this.sql.rows(DONE, [portalId, chore, next.afterMs, next.problem, false]);
  }

  /** How the chores of a portal stand; of one that was never asked for there is nothing to tell. */
  async of(portalId: string): Promise<ChoreState[]> {
    const rows = await this.sql.rows(
      'SELECT chore, done_at, problem FROM portal_chore WHERE portal_id = $1 ORDER BY chore',
      [portalId],
    );
    return (rows as { chore: Chore; done_at: Date | null; problem: string | null }[]).map((row) => ({
      chore: row.chore,
      doneAt: row.done_at?.getTime(),
      problem: row.problem ?? undefined,
    }));
  }
}
