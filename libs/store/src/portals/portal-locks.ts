import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import { StoreError, storeError } from '../store-error';

/** Keeps the locks apart from other advisory locks (the fence of calls has 24): the hash is seeded. */
const TRY_LOCK = 'SELECT pg_try_advisory_lock(hashtextextended($1, 25)) AS locked';
const UNLOCK = 'SELECT pg_advisory_unlock(hashtextextended($1, 25))';
/** Between two tries; half of it is left to chance. */
const TRY_EVERY_MS = 100;

/**
 * One process at a time does something with a portal that takes an answer from outside, such as the renewal of its tokens.
 *
 * The trade: locks of the session, asked for again and again, and not a row lock that is waited for. A row lock needs a
 * transaction, so a connection, for as long as a server outside takes to answer: with ten portals whose OAuth server hangs
 * the pool would be empty. These all lie on one connection, which is taken from the pool with the first lock and given back
 * with the last, and no statement runs while the world is waited for. A process that dies gives its locks up with its
 * connection. No pooler in between: a lock belongs to a session.
 */
export class PortalLocks {
  /** Within the process: all share the session, whose locks would let everybody in. */
  private readonly turns = new Map<string, Promise<unknown>>();
  private runner: QueryRunner | undefined;
  private holders = 0;
  /** Statements of one connection go one after the other. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly waitMs: number,
  ) {}

  /**
   * Does `work` while nobody else holds the portal's lock.
   *
   * @throws StoreError `unavailable` when it was not free in time, or the database is away; whatever `work` throws
   */
  async hold<T>(portalId: string, work: () => Promise<T>): Promise<T> {
    const before = this.turns.get(portalId) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => this.inSession(portalId, work));
    this.turns.set(portalId, turn);
    try {
      return await turn;
    } finally {
      if (this.turns.get(portalId) === turn) this.turns.delete(portalId);
    }
  }

  private async inSession<T>(portalId: string, work: () => Promise<T>): Promise<T> {
    this.holders += 1;
    try {
      await this.lock(portalId);
      try {
        return await work();
      } finally {
        // A session that is lost has given its locks up.
        await this.ask(UNLOCK, portalId).catch(() => undefined);
      }
    } finally {
      this.holders -= 1;
      if (this.holders === 0) await this.leave();
    }
  }

  private async lock(portalId: string): Promise<void> {
    const deadline = performance.now() + this.waitMs;
    while (!(await this.ask(TRY_LOCK, portalId))) {
      if (performance.now() > deadline)
        throw new StoreError(`portal ${portalId} is held by another process`, { kind: 'unavailable' });
      await pause(TRY_EVERY_MS * (0.5 + Math.random() / 2));
    }
  }

  private ask(statement: string, portalId: string): Promise<boolean> {
    const answer = this.queue.then(async () => {
      // A connection that broke is given back by TypeORM itself.
      if (this.runner === undefined || this.runner.isReleased)
        this.runner = this.dataSource.createQueryRunner();
      const rows = (await this.runner.query(statement, [portalId])) as { locked?: boolean }[];
      return rows[0]?.locked === true;
    });
    this.queue = answer.catch(() => undefined);
    return answer.catch((error: unknown) => {
      throw storeError(error);
    });
  }

  /** What was not given up for whatever reason must not stay locked on a connection that others use. */
  private async leave(): Promise<void> {
    const { runner } = this;
    this.runner = undefined;
    if (runner === undefined || runner.isReleased) return;
    await runner.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
    await runner.release();
  }
}
