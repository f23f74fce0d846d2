import { QueryFailedError } from 'typeorm';

/**
 * What went wrong with the database, in the words of what should be done:
 * - `bad-row`: the data was refused (a constraint, a value no column takes). Again would fail again: split the group,
 *   set the row aside, tell a person.
 * - `conflict`: somebody else wrote since it was read. Read again.
 * - `unavailable`: the database is away, busy, or not migrated yet. The same again, later.
 * - `sealed`: a secret cannot be sealed or opened: SECRET_KEYS lacks its key, or somebody has changed it. Tell a person.
 */
export type StoreErrorKind = 'bad-row' | 'conflict' | 'unavailable' | 'sealed';

const VERDICTS = {
  'bad-row': 'ask-a-person',
  conflict: 'retry',
  unavailable: 'retry',
  sealed: 'ask-a-person',
} as const;

export interface StoreErrorFacts {
  readonly kind: StoreErrorKind;
  /** SQLSTATE of Postgres, where it answered. */
  readonly sqlState?: string;
  /** The constraint or rule that refused the row. */
  readonly constraint?: string;
  readonly table?: string;
  readonly cause?: unknown;
}

/** The one error of this library. Never carries a row: it may hold a token, or somebody's phone number. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;
  readonly verdict: (typeof VERDICTS)[StoreErrorKind];
  readonly sqlState?: string;
  readonly constraint?: string;
  readonly table?: string;

  constructor(message: string, { kind, sqlState, constraint, table, cause }: StoreErrorFacts) {
    super(message, { cause });
    this.kind = kind;
    this.verdict = VERDICTS[kind];
    this.sqlState = sqlState;
    this.constraint = constraint;
    this.table = table;
  }
}

/**
 * Error classes of Postgres that are about the data (PostgreSQL manual, appendix A): 21 cardinality (the same row twice),
 * 22 data exception, 23 integrity constraint, 54 a limit of the server exceeded.
 */
const ABOUT_THE_DATA = new Set(['21', '22', '23', '54']);

/** Makes a StoreError of whatever a statement threw. What Postgres did not refuse for its data counts as `unavailable`. */
export function storeError(thrown: unknown): StoreError {
  if (thrown instanceof StoreError) return thrown;
  // TypeORM wraps what the driver says, together with the values of the statement.
  const said: unknown = thrown instanceof QueryFailedError ? thrown.driverError : thrown;
  const { message, code, constraint, table } = factsOf(said);
  const aboutTheData = code !== undefined && ABOUT_THE_DATA.has(code.slice(0, 2));
  return new StoreError(message, {
    kind: aboutTheData ? 'bad-row' : 'unavailable',
    sqlState: code,
    constraint,
    table,
    // Postgres' own error may hold the refused row (`detail`): only what the connection or the program says is handed on.
    cause: code === undefined ? said : undefined,
  });
}

interface DriverFacts {
  readonly message: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly table?: string;
}

const SQLSTATE = /^[0-9A-Z]{5}$/;

function factsOf(thrown: unknown): DriverFacts {
  if (!(thrown instanceof Error)) return { message: String(thrown) };
  const text = (name: string) => {
    const value: unknown = Reflect.get(thrown, name);
    return typeof value === 'string' ? value : undefined;
  };
  const code = text('code');
  // The system's errors (ECONNREFUSED) have a code too, which is no SQLSTATE.
  if (code === undefined || !SQLSTATE.test(code)) return { message: thrown.message };
  return { message: thrown.message, code, constraint: text('constraint'), table: text('table') };
}
