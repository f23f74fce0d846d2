import { Client, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg';
import { Gather } from './gather';
import { StoreError, storeError } from './store-error';

export interface CallFenceOptions {
  /**
   * The connection is gone, and with it every lock: another worker may take our calls from now on. The process must end
   * at once. Called at most once.
   */
  readonly onLost: (error: Error) => void;
  readonly applicationName?: string;
}

/** Answers of the call's fence: whether it was ours while the work was done. */
export type Held<T> = { readonly held: true; readonly value: T } | { readonly held: false };

const CONNECT_TIMEOUT_MS = 5_000;
const HEARTBEAT_MS = 5_000;
/** Heartbeats without an answer. Counted, not timed: a process that was frozen finds its answers when it wakes. */
const MOST_SILENT_BEATS = 2;
/**
 * The server drops a connection, and its locks, when the network has been silent for 20 + 3 x 5 s. We notice after 15 s:
 * earlier, so that nobody else holds a lock that we still believe to be ours.
 */
const SERVER_KEEPALIVES =
  'SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3';

/** Keeps the locks apart from other advisory locks: the hash is seeded. */
const TRY_LOCK = {
  name: 'try-lock',
  text: `
    SELECT call_id FROM unnest($1::text[]) AS call_id WHERE pg_try_advisory_lock(hashtextextended(call_id, 24))`,
};
const UNLOCK = {
  name: 'unlock',
  text: 'SELECT pg_advisory_unlock(hashtextextended(call_id, 24)) FROM unnest($1::text[]) AS call_id',
};

/**
 * One worker at a time works on a call, even when the queue takes one for dead that is only slow: a lock of the session
 * of one connection per process, so that a frozen worker keeps its calls and a dead one loses them. Within the process,
 * where all share that connection, a set does the same.
 */
export class CallFence {
  private readonly inHand = new Set<string>();
  /** All share one connection: who comes while it is busy goes together. */
  private readonly locks = new Gather<string, boolean>((callIds) => this.tryLocks(callIds));
  private readonly unlocks = new Gather<string, undefined>((callIds) => this.giveUp(callIds));
  private readonly heartbeat: NodeJS.Timeout;
  private silentBeats = 0;
  private lost = false;
  /** Settles when the connection is free for the next statement. */
  private idle: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly client: Client,
    private readonly options: CallFenceOptions,
  ) {
    client.on('error', (error) => this.lose(error));
    client.on('end', () => this.lose(new Error('the connection of the fence ended')));
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS).unref();
  }

  /**
   * Connects.
   *
   * @param url postgres://...; no pooler in between: a lock belongs to a session.
   * @throws StoreError `unavailable`
   */
  static async open(url: string, options: CallFenceOptions): Promise<CallFence> {
    const client = new Client({
      connectionString: url,
      application_name: options.applicationName ?? 'connector-fence',
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    client.on('error', () => undefined); // until the fence listens, the statement that fails tells
    try {
      await client.connect();
      await client.query(SERVER_KEEPALIVES);
      return new CallFence(client, options);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw storeError(error);
    }
  }

  /**
   * Does `work` while nobody else can work on the call, or nothing when somebody does. Throws what `work` throws, and
   * StoreError `unavailable` when the connection is lost.
   */
  async hold<T>(callId: string, work: () => Promise<T>): Promise<Held<T>> {
    return this.holdAll([callId], async (held) =>
      held.length === 0 ? { held: false } : { held: true, value: await work() },
    );
  }

  /**
   * Does `work` with those of the calls that nobody else works on, in the order given; nobody else can work on them
   * meanwhile. Throws as `hold`.
   */
  async holdAll<T>(callIds: readonly string[], work: (held: readonly string[]) => Promise<T>): Promise<T> {
    const free = callIds.filter((callId) => !this.inHand.has(callId));
    for (const callId of free) this.inHand.add(callId);
    try {
      const locked = await this.lock(free);
      try {
        return await work(free.filter((callId) => locked.has(callId)));
      } finally {
        await this.unlock([...locked]);
      }
    } finally {
      for (const callId of free) this.inHand.delete(callId);
    }
  }

  /** Gives up all locks and disconnects. */
  async close(): Promise<void> {
    this.lost = true;
    clearInterval(this.heartbeat);
    await this.client.end();
  }

  private async lock(callIds: readonly string[]): Promise<ReadonlySet<string>> {
    const isLocked = await Promise.all(callIds.map((callId) => this.locks.ask(callId)));
    return new Set(callIds.filter((_callId, index) => isLocked[index]));
  }

  private async unlock(callIds: readonly string[]): Promise<void> {
    await Promise.all(callIds.map((callId) => this.unlocks.ask(callId)));
  }

  private async tryLocks(callIds: readonly string[]): Promise<readonly boolean[]> {
    if (this.lost) throw new StoreError('the fence has lost its connection', { kind: 'unavailable' });
    try {
      const { rows } = await this.ask<{ call_id: string }>({ ...TRY_LOCK, values: [callIds] });
      const locked = new Set(rows.map((row) => row.call_id));
      return callIds.map((callId) => locked.has(callId));
    } catch (error) {
      throw storeError(error);
    }
  }

  /** Locks that cannot be given up go with the connection, and the process with both. */
  private async giveUp(callIds: readonly string[]): Promise<readonly undefined[]> {
    if (!this.lost) {
      const given = this.ask({ ...UNLOCK, values: [callIds] });
      await given.catch((error: unknown) => this.lose(storeError(error)));
    }
    return callIds.map(() => undefined);
  }

  /** One statement after another: a client of pg must not be asked while it is busy. */
  private ask<Row extends QueryResultRow>(query: string | QueryConfig): Promise<QueryResult<Row>> {
    const answer = this.idle.then(() => this.client.query<Row>(query));
    this.idle = answer.catch(() => undefined);
    return answer;
  }

  private beat(): void {
    if (this.silentBeats >= MOST_SILENT_BEATS) {
      this.lose(new Error('the database does not answer the fence any more'));
      return;
    }
    this.silentBeats += 1;
    this.ask('SELECT 1').then(
      () => (this.silentBeats = 0),
      (error: unknown) => this.lose(storeError(error)),
    );
  }

  /** Ending the connection also fails the statements that still wait for an answer. */
  private lose(error: Error): void {
    if (this.lost) return;
    this.lost = true;
    clearInterval(this.heartbeat);
    this.client.end().catch(() => undefined);
    this.options.onLost(error);
  }
}
