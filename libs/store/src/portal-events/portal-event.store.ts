import type { DataSource } from 'typeorm';
import { isoTime } from '../calls/call-row';
import { sqlOf, type Sql } from '../sql';
import { eventDay } from './event-day';
import { contentHashOf, fingerprintOf, type EventIdentity } from './fingerprint';

/** A verified event on its way into the inbox; it holds no token. */
export interface EventToStore extends EventIdentity {
  readonly portalId: string;
  readonly auth?: unknown;
  /** Epoch ms. */
  readonly receivedAt: number;
}

/** What has become of an event. `waiting`: for something of ours that is not there yet. */
export type EventState = 'stored' | 'waiting' | 'handled' | 'failed';

/** An event as the inbox has it. */
export interface StoredEvent {
  readonly eventId: string;
  readonly portalId: string;
  readonly name: string;
  /** Unix seconds. */
  readonly ts?: number;
  readonly handlerId?: string;
  readonly data: unknown;
  readonly auth: unknown;
  /** Epoch ms. */
  readonly receivedAt: number;
  readonly state: EventState;
  /** How often somebody began to handle it, this time included. */
  readonly attempts: number;
  readonly reason?: string;
  /** `offline`: the portal kept it for us, for whatever reason it did not come by itself; it may be old. */
  readonly source: 'online' | 'offline';
}

/** An event out of the queue that a portal keeps for us (event.offline.get). */
export interface FetchedEvent {
  readonly portalId: string;
  /** In capitals. */
  readonly name: string;
  /** Of the record in that queue. */
  readonly recordId: string;
  /** When the portal wrote the record, epoch ms. */
  readonly recordedAt?: number;
  readonly data: unknown;
  /** Who caused it. */
  readonly auth?: unknown;
  /** Epoch ms. */
  readonly receivedAt: number;
}

/** What became of an event that was to be stored. */
export interface StoredOnce {
  readonly eventId: string;
  /** It is there already, and nothing was done. */
  readonly duplicate: boolean;
}

const STORE = 'SELECT event_id, is_new FROM store_portal_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)';

const TAKE = `
  UPDATE portal_event SET attempts = attempts + 1 WHERE event_id = $1
  RETURNING event_id, portal_id, name, extract(epoch FROM sent_at)::float8 AS ts, handler_id, data, auth, received_at,
    state, attempts, reason, source`;

interface Row {
  readonly event_id: string;
  readonly portal_id: string;
  readonly name: string;
  readonly ts: number | null;
  readonly handler_id: string | null;
  readonly data: unknown;
  readonly auth: unknown;
  readonly received_at: Date;
  readonly state: EventState;
  readonly attempts: number;
  readonly reason: string | null;
  readonly source: 'online' | 'offline';
}

/** The inbox of what portals tell. The public door fills it, the worker works it off. */
export class PortalEventStore {
  private readonly sql: Sql;

  constructor(dataSource: DataSource) {
    this.sql = sqlOf(dataSource);
  }

  /**
   * Stores an event that a portal has posted, in one statement and committed when this resolves.
   *
   * @returns `duplicate`: it is there already, posted or fetched.
   * @throws StoreError `bad-row` when there is no such portal
   */
  async store(event: EventToStore): Promise<StoredOnce> {
    return this.storeOnce('online', event, fingerprintOf(event));
  }

  /** The same for an event that was fetched from the portal's queue. Its twin that was posted makes it a duplicate. */
  async storeFetched({ recordId, recordedAt, ...event }: FetchedEvent): Promise<StoredOnce> {
    const ts = recordedAt === undefined ? undefined : recordedAt / 1000;
    const fingerprint = fingerprintOf({ ...event, ts, handlerId: `offline-${recordId}` });
    return this.storeOnce('offline', { ...event, ts }, fingerprint);
  }

  /** The event to be handled now; counts the attempt. Undefined: it is gone, with its day or its portal. */
  async take(eventId: string): Promise<StoredEvent | undefined> {
    const [row] = (await this.sql.rows(TAKE, [eventId])) as Row[];
    return row && storedEvent(row);
  }

  /** Notes down what became of an event; harmless when it is gone. `reason` is required but for `handled`. */
  async mark(eventId: string, state: EventState, reason?: string): Promise<void> {
    await this.sql.rows('UPDATE portal_event SET state = $2, reason = $3 WHERE event_id = $1', [
      eventId,
      state,
      reason,
    ]);
  }

  /**
   * The events that nobody has handled though they came before a moment, the oldest first: their rings were lost.
   *
   * @param before epoch ms
   */
  async unhandled(before: number, limit: number): Promise<string[]> {
    const rows = await this.sql.rows(
      `SELECT event_id FROM portal_event WHERE state = 'stored' AND received_at <= $1
       ORDER BY received_at, event_id LIMIT $2`,
      [isoTime(before), limit],
    );
    return (rows as { event_id: string }[]).map((row) => row.event_id);
  }

  private async storeOnce(
    source: 'online' | 'offline',
    event: EventToStore,
    fingerprint: string,
  ): Promise<StoredOnce> {
    const { portalId, name, ts, handlerId, data, auth = {}, receivedAt } = event;
    const sentAt = ts === undefined ? undefined : isoTime(ts * 1000);
    const [row] = await this.sql.rows(STORE, [
      eventDay(ts, receivedAt),
      portalId,
      fingerprint,
      contentHashOf(event),
      source,
      name,
      handlerId,
      sentAt,
      isoTime(receivedAt),
      JSON.stringify(data),
      JSON.stringify(auth),
    ]);
    const { event_id: eventId, is_new: isNew } = row as { event_id: string; is_new: boolean };
    return { eventId, duplicate: !isNew };
  }
}

function storedEvent(row: Row): StoredEvent {
  return {
    eventId: row.event_id,
    portalId: row.portal_id,
    name: row.name,
    ts: row.ts ?? undefined,
    handlerId: row.handler_id ?? undefined,
    data: row.data,
    auth: row.auth,
    receivedAt: row.received_at.getTime(),
    state: row.state,
    attempts: row.attempts,
    reason: row.reason ?? undefined,
    source: row.source,
  };
}
