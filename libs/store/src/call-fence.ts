import { Client, type QueryResult, type QueryResultRow } from 'pg';
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
const TRY_LOCK = `SELECT pg_try_advisory_lock(hashtextextended($1, 24)) AS locked`;
const UNLOCK = `SELECT pg_advisory_unlock(hashtextextended($1, 24))`;

/**
 * One worker at a time works on a call, even when the queue takes one for dead that is only slow: a lock of the session
 * of one connection per process, so that a frozen worker keeps its calls and a dead one loses them. Within the process,
 * where all share that connection, a set does the same.
 */
export class CallFence {
  private readonly inHand = new Set<string>();
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
    if (this.inHand.has(callId)) return { held: false };
    this.inHand.add(callId);
    try {
      if (!(await this.lock(callId))) return { held: false };
      try {
        return { held: true, value: await work() };
      } finally {
        await this.unlock(callId);
      }
    } finally {
      this.inHand.delete(callId);
    }
  }

  /** Gives up all locks and disconnects. */
  async close(): Promise<void> {
    this.lost = true;
    clearInterval(this.heartbeat);
    await this.client.end();
  }

  private async lock(callId: string): Promise<boolean> {
    if (this.lost) throw new StoreError('the fence has lost its connection', { kind: 'unavailable' });
    try {
      const { rows } = await this.ask<{ locked: boolean }>(TRY_LOCK, [callId]);
      return rows[0]?.locked === true;
    } catch (error) {
      throw storeError(error);
    }
  }

  /** A lock that cannot be given up goes with the connection, and the process with both. */
  private async unlock(callId: string): Promise<void> {
    if (this.lost) return;
    await this.ask(UNLOCK, [callId]).catch((error: unknown) => this.lose(storeError(error)));
  }

  /** One statement after another: a client of pg must not be asked while it is busy. */
  private ask<Row extends QueryResultRow>(text: string, values?: string[]): Promise<QueryResult<Row>> {
    const answer = this.idle.then(() => this.client.query<Row>(text, values));
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
