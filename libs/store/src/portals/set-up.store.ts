import type { DataSource } from 'typeorm';
import { isoTime } from '../calls/call-row';
import { sqlOf, type Sql } from '../sql';

/** How far the set-up of a portal has got. */
export interface SetUpMark {
  /** Which wish was worked off: what `wanted` gave before the work began. */
  readonly done?: number;
  /** What could not be done, for people. */
  readonly problem?: string;
  /** Epoch ms: not again before. */
  readonly notBefore?: number;
}

const DUE = `
  SELECT portal_id FROM portal
  WHERE set_up_done < set_up_wanted AND credentials IS NOT NULL
    AND (set_up_not_before IS NULL OR set_up_not_before <= $1)
  ORDER BY set_up_not_before NULLS FIRST, portal_id
  LIMIT $2`;

const MARK = `
  UPDATE portal SET
    set_up_done = greatest(set_up_done, least($2::integer, set_up_wanted)), set_up_problem = $3, set_up_not_before = $4
  WHERE portal_id = $1`;

/**
 * Which portals are to be set up (bindings, lines, users): a wish is counted up by each installation, and the set-up notes
 * which wish it has worked off. So one that comes during the work is not lost.
 */
export class SetUpStore {
  private readonly sql: Sql;

  constructor(dataSource: DataSource) {
    this.sql = sqlOf(dataSource);
  }

  /**
   * The portals to be set up now.
   *
   * @param now epoch ms
   */
  async due(now: number, limit: number): Promise<string[]> {
    const rows = await this.sql.rows(DUE, [isoTime(now), limit]);
    return (rows as { portal_id: string }[]).map((row) => row.portal_id);
  }

  /** The number of the newest wish; undefined: there is nothing to do, or no such portal. */
  async wanted(portalId: string): Promise<number | undefined> {
    const [row] = await this.sql.rows(
      `SELECT set_up_wanted AS wanted FROM portal
       WHERE portal_id = $1 AND set_up_done < set_up_wanted AND credentials IS NOT NULL`,
      [portalId],
    );
    return (row as { wanted: number } | undefined)?.wanted;
  }

  /** Wishes for it once more, for example because a person has asked for a repair. */
  async wish(portalId: string): Promise<void> {
    await this.sql.rows(
      'UPDATE portal SET set_up_wanted = set_up_wanted + 1, set_up_not_before = NULL WHERE portal_id = $1',
      [portalId],
    );
  }

  /** Notes down how it went. */
  async mark(portalId: string, { done, problem, notBefore }: SetUpMark): Promise<void> {
    const time = notBefore === undefined ? undefined : isoTime(notBefore);
    await this.sql.rows(MARK, [portalId, done ?? 0, problem, time]);
  }
}
