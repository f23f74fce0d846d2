import type { DataSource } from 'typeorm';
import { inTransaction, sqlOf, type Sql } from '../sql';
import { StoreError } from '../store-error';
import { readLinePolicy, type LinePolicy } from './line-policy';

/** Whose internal number it is. */
export interface PortalUser {
  readonly userId: number;
  readonly switchId: string;
  /** SIP domain of the switch; none: whatever the domain. */
  readonly domain?: string;
  readonly extension: string;
}

/** Who has an extension. */
export interface PhoneOwner {
  readonly portalId: string;
  readonly userId: number;
  readonly switchId: string;
}

/** A number of the company, and the external line that stands for it in the portal. */
export interface ExternalLine {
  readonly switchId: string;
  /** SIP domain of the switch; none: whatever the domain. */
  readonly domain?: string;
  readonly did: string;
  readonly lineNumber: string;
  /** Where calls over this line differ from the portal's settings. Missing: a line that is known keeps its own. */
  readonly policy?: LinePolicy;
}

const INSERT_USERS = `
  INSERT INTO portal_user (portal_id, switch_id, domain, extension, user_id)
  SELECT $1, "switchId", coalesce(domain, ''), extension, "userId"
  FROM jsonb_to_recordset($2::jsonb) AS given ("switchId" text, domain text, extension text, "userId" integer)`;

/** A line of another portal is left alone, and missing from the rows that come back. */
const SAVE_LINES = `
  WITH given AS (
    SELECT "switchId" AS switch_id, coalesce(domain, '') AS domain, did, "lineNumber" AS line_number, policy
    FROM jsonb_to_recordset($2::jsonb) AS given (
      "switchId" text, domain text, did text, "lineNumber" text, policy jsonb
    )
  )
  INSERT INTO external_line AS known (switch_id, domain, did, portal_id, line_number, policy)
  SELECT given.switch_id, given.domain, given.did, $1, given.line_number, coalesce(given.policy, before.policy, '{}')
  FROM given LEFT JOIN external_line AS before USING (switch_id, domain, did)
  ON CONFLICT (switch_id, domain, did) DO UPDATE SET line_number = excluded.line_number, policy = excluded.policy
  WHERE known.portal_id = excluded.portal_id
  RETURNING did`;

/** Who and what of which switch belongs to which portal. */
export class DirectoryStore {
  private readonly sql: Sql;

  constructor(private readonly dataSource: DataSource) {
    this.sql = sqlOf(dataSource);
  }

  /**
   * Makes a switch known; calls of unknown switches are refused. Called by the gateway that follows it, at every start.
   *
   * @param defaultPortal member id or domain of the portal for calls that nothing else assigns.
   */
  async registerSwitch(switchId: string, defaultPortal?: string): Promise<void> {
    await this.sql.rows(
      `INSERT INTO switch (switch_id, default_portal) VALUES ($1, $2)
       ON CONFLICT (switch_id) DO UPDATE SET default_portal = excluded.default_portal`,
      [switchId, defaultPortal],
    );
  }

  /**
   * Replaces the users of a portal, all or none. An empty list is taken for a failed reading of the portal, not for a
   * company without phones, and changes nothing.
   *
   * @returns whether they were replaced.
   * @throws StoreError `bad-row` when an extension is empty, or belongs to two users.
   */
  async replaceUsers(portalId: string, users: readonly PortalUser[]): Promise<boolean> {
    if (users.length === 0) return false;
    await inTransaction(this.dataSource, async (sql) => {
      // Two refreshes take turns, or each would leave the rows that only the other knows.
      await sql.rows('SELECT FROM portal WHERE portal_id = $1 FOR NO KEY UPDATE', [portalId]);
      await sql.rows('DELETE FROM portal_user WHERE portal_id = $1', [portalId]);
      await sql.rows(INSERT_USERS, [portalId, JSON.stringify(users)]);
    });
    return true;
  }

  /** Whose extension it is, in every portal and on every switch. */
  async ownersOf(extension: string): Promise<PhoneOwner[]> {
    const rows = await this.sql.rows(
      `SELECT DISTINCT portal_id AS "portalId", user_id AS "userId", switch_id AS "switchId" FROM portal_user
       WHERE extension = $1 ORDER BY switch_id, portal_id`,
      [extension],
    );
    return rows as PhoneOwner[];
  }

  /**
   * Adds lines of a portal, or changes them, all or none.
   *
   * @throws StoreError `bad-row` when a line is another portal's: one of the two must be wrong; or when its policy cannot
   *   be read.
   */
  async saveLines(portalId: string, lines: readonly ExternalLine[]): Promise<void> {
    for (const { policy } of lines) readLinePolicy(policy ?? {});
    await inTransaction(this.dataSource, async (sql) => {
      const saved = await sql.rows(SAVE_LINES, [portalId, JSON.stringify(lines)]);
      if (saved.length === lines.length) return;
      throw new StoreError('a line belongs to another portal', { kind: 'bad-row', table: 'external_line' });
    });
  }
}
