import type { DataSource } from 'typeorm';
import { sqlOf, type Sql } from '../sql';
import { StoreError } from '../store-error';
import type { SecretBox, SecretPlace } from './secret-box';

/** How a change of keys went. */
export interface ResealReport {
  /** Sealed with the first key now. */
  readonly resealed: number;
  /** Were so before. */
  readonly current: number;
  /** Could not be opened, and stay as they are; in words, without any secret. */
  readonly failed: readonly string[];
}

/** Every column that holds something sealed; `row` is what it is sealed to. */
export const SEALED_COLUMNS = [
  { table: 'portal', column: 'credentials', row: 'member_id' },
  { table: 'portal_app', column: 'client_secret', row: 'app_id' },
  { table: 'portal_app', column: 'install_key', row: 'app_id' },
] as const;

/**
 * Seals everything with the first key that is still sealed with another: after that the others may be taken out of
 * SECRET_KEYS. May run beside everything else: what is written meanwhile is sealed with the first key already. May be
 * broken off and repeated.
 *
 * @throws StoreError `unavailable`
 */
export async function reseal(dataSource: DataSource, secrets: SecretBox): Promise<ResealReport> {
  const sql = sqlOf(dataSource);
  const outcomes: Outcome[] = [];
  for (const column of SEALED_COLUMNS) outcomes.push(...(await resealColumn(sql, secrets, column)));
  return {
    resealed: outcomes.filter((outcome) => outcome === 'resealed').length,
    current: outcomes.filter((outcome) => outcome === 'current').length,
    failed: outcomes.flatMap((outcome) => (typeof outcome === 'string' ? [] : [outcome.problem])),
  };
}

type Outcome = 'resealed' | 'current' | { readonly problem: string };

async function resealColumn(
  sql: Sql,
  secrets: SecretBox,
  { table, column, row }: (typeof SEALED_COLUMNS)[number],
): Promise<Outcome[]> {
  const rows = await sql.rows(
    `SELECT ${row}::text AS row, ${column} AS sealed FROM ${table} WHERE ${column} IS NOT NULL ORDER BY 1`,
  );
  const outcomes: Outcome[] = [];
  for (const found of rows as { row: string; sealed: string }[]) {
    const place = { table, column, row: found.row };
    const fresh = freshlySealed(secrets, place, found.sealed);
    if (typeof fresh === 'string') {
      // Only if it is still the same: a token that was renewed meanwhile is sealed with the first key.
      const statement = `UPDATE ${table} SET ${column} = $1 WHERE ${row} = $2 AND ${column} = $3`;
      await sql.rows(statement, [fresh, found.row, found.sealed]);
      outcomes.push('resealed');
    } else outcomes.push(fresh ?? 'current');
  }
  return outcomes;
}

/** Undefined: it is sealed with the first key. */
function freshlySealed(
  secrets: SecretBox,
  place: SecretPlace,
  sealed: string,
): string | { readonly problem: string } | undefined {
  if (secrets.isCurrent(sealed)) return undefined;
  try {
    return secrets.seal(place, secrets.open(place, sealed));
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'sealed') return { problem: error.message };
    throw error;
  }
}
