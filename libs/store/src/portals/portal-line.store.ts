import type { DataSource } from 'typeorm';
import { sqlOf, type Sql } from '../sql';
import type { ExternalLine } from './directory.store';

/** A number of the company with the external line that stands for it. */
export interface NamedLine extends ExternalLine {
  /** How the line is called in the portal; undefined: by its number. */
  readonly name?: string;
}

/** Which lines a portal should have. */
export interface WantedLines {
  readonly lines: readonly { readonly lineNumber: string; readonly name?: string }[];
  /** Numbers of those that somebody wants deleted, and that stand for no number any more. */
  readonly deletions: readonly string[];
}

const LINES = `
  SELECT switch_id AS "switchId", nullif(domain, '') AS domain, did, line_number AS "lineNumber", name
  FROM external_line LEFT JOIN portal_line USING (portal_id, line_number)
  WHERE portal_id = $1 ORDER BY line_number, switch_id, domain, did`;

const DELETIONS = `
  SELECT line_number FROM portal_line WHERE portal_id = $1 AND delete_wanted AND NOT EXISTS (
    SELECT FROM external_line AS used
    WHERE used.portal_id = portal_line.portal_id AND used.line_number = portal_line.line_number)
  ORDER BY line_number`;

/** A line that is named is wanted again. */
const NAME = `
  INSERT INTO portal_line (portal_id, line_number, name) VALUES ($1, $2, $3)
  ON CONFLICT (portal_id, line_number) DO UPDATE SET
    name = coalesce(excluded.name, portal_line.name), delete_wanted = false`;

const WISH_DELETION = `
  INSERT INTO portal_line (portal_id, line_number, delete_wanted) VALUES ($1, $2, true)
  ON CONFLICT (portal_id, line_number) DO UPDATE SET delete_wanted = true`;

/**
 * The external lines of a portal as they should be: which numbers stand behind them (DirectoryStore saves those) and how
 * they are called. The set-up makes the portal so.
 */
export class PortalLineStore {
  private readonly sql: Sql;

  constructor(dataSource: DataSource) {
    this.sql = sqlOf(dataSource);
  }

  /** The numbers of a portal and their lines. */
  async of(portalId: string): Promise<NamedLine[]> {
    const rows = (await this.sql.rows(LINES, [portalId])) as (Omit<NamedLine, 'domain' | 'name'> & {
      domain: string | null;
      name: string | null;
    })[];
    return rows.map(({ domain, name, ...row }) => ({
      ...row,
      ...(domain !== null && { domain }),
      ...(name !== null && { name }),
    }));
  }

  /** The lines that a portal should have, and those that are to go. */
  async wanted(portalId: string): Promise<WantedLines> {
    const lines = new Map((await this.of(portalId)).map((line) => [line.lineNumber, line]));
    const deletions = (await this.sql.rows(DELETIONS, [portalId])) as { line_number: string }[];
    return {
      lines: [...lines.values()].map(({ lineNumber, name }) => ({ lineNumber, name })),
      deletions: deletions.map((row) => row.line_number),
    };
  }

  /** Gives a line a name; undefined: it keeps the one it has. */
  async name(portalId: string, lineNumber: string, name?: string): Promise<void> {
    await this.sql.rows(NAME, [portalId, lineNumber, name]);
  }

  /** A number stands for no line any more; the line itself stays in the portal. Gives whether there was one. */
  async remove(
    portalId: string,
    { switchId, domain = '', did }: Omit<ExternalLine, 'lineNumber'>,
  ): Promise<boolean> {
    const rows = await this.sql.rows(
      `DELETE FROM external_line WHERE portal_id = $1 AND switch_id = $2 AND domain = $3 AND did = $4 RETURNING did`,
      [portalId, switchId, domain, did],
    );
    return rows.length > 0;
  }

  /** The line is to be deleted in the portal, as soon as no number stands for it. */
  async wishDeletion(portalId: string, lineNumber: string): Promise<void> {
    await this.sql.rows(WISH_DELETION, [portalId, lineNumber]);
  }

  /** The line is gone from the portal. */
  async deleted(portalId: string, lineNumber: string): Promise<void> {
    await this.sql.rows(
      'DELETE FROM portal_line WHERE portal_id = $1 AND line_number = $2 AND delete_wanted',
      [portalId, lineNumber],
    );
  }
}
