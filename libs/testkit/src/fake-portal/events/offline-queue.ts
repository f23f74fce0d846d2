import { createHash } from 'node:crypto';
import { isoSeconds } from '../clock';

/** Records that were reserved and never cleared are gone after 30 days. */
const RESERVATION_MS = 30 * 24 * 3600 * 1000;

export interface OfflineRecord {
  readonly id: number;
  /** Epoch ms. */
  readonly at: number;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The user who caused it, if any. */
  readonly userId: number | undefined;
  readonly messageId: string;
  readonly connector: string;
  /** '' until it is reserved. */
  processId: string;
  reservedAt: number;
  isFailed: boolean;
}

/**
 * Events kept for an application until it fetches them. One record per object: what comes again before it was fetched
 * takes the place of the earlier one. Two events are of one object here if they carry the same data, because the
 * documentation does not say what makes an object of a call.
 */
export class OfflineQueue {
  #records: OfflineRecord[] = [];
  #lastId = 0;
  /** By binding of ONOFFLINEEVENT: when the last notice went out, epoch ms. */
  readonly #noticedAt = new Map<string, number>();

  add(occasion: Pick<OfflineRecord, 'event' | 'data' | 'userId' | 'connector' | 'at'>): void {
    const messageId = createHash('md5')
      .update(`${occasion.event}|${JSON.stringify(occasion.data)}`)
      .digest('hex');
    this.#lastId += 1;
    const record = {
      ...occasion,
      id: this.#lastId,
      messageId,
      processId: '',
      reservedAt: 0,
      isFailed: false,
    };
    this.#records = this.#records.filter(
      (old) => old.processId !== '' || old.messageId !== messageId || old.connector !== occasion.connector,
    );
    this.#records.push(record);
  }

  /** Everything that is there at `now` (epoch ms), oldest first. */
  all(now: number): readonly OfflineRecord[] {
    this.#records = this.#records.filter(
      ({ processId, reservedAt }) => processId === '' || now - reservedAt < RESERVATION_MS,
    );
    return this.#records;
  }

  clear(): void {
    this.#records = [];
    this.#noticedAt.clear();
  }

  reserve(records: readonly OfflineRecord[], processId: string, now: number): void {
    for (const record of records) Object.assign(record, { processId, reservedAt: now, isFailed: false });
  }

  remove(records: readonly OfflineRecord[]): void {
    this.#records = this.#records.filter((record) => !records.includes(record));
  }

  /** True if a notice is due: the last one for this binding is at least `minTimeoutSeconds` old. */
  takeNotice(bindingId: string, minTimeoutSeconds: number, now: number): boolean {
    const last = this.#noticedAt.get(bindingId);
    if (last !== undefined && now - last < minTimeoutSeconds * 1000) return false;
    this.#noticedAt.set(bindingId, now);
    return true;
  }
}

/** A record as it travels. */
export function wireRecord(record: OfflineRecord) {
  return {
    ID: String(record.id),
    TIMESTAMP_X: isoSeconds(record.at),
    EVENT_NAME: record.event,
    EVENT_DATA: Object.keys(record.data).length === 0 ? (false as const) : record.data,
    EVENT_ADDITIONAL: record.userId === undefined ? (false as const) : { user_id: String(record.userId) },
    MESSAGE_ID: record.messageId,
  };
}
