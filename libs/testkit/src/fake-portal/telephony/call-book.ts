import type { PortalCallType } from '@app/bitrix24/contract';
import type { FakeCrmEntity } from '../company/company';

/** A registered call. */
export interface FakeCall {
  /** externalCall.<32 hex>.<unix time> */
  readonly id: string;
  /** Who made it known: the application, or the portal itself at a click on a number. */
  readonly cause: 'register' | 'click';
  readonly appId: string;
  readonly userId: number;
  /** Digits only. */
  readonly phone: string;
  readonly type: PortalCallType;
  readonly line: string | null;
  readonly externalId: string | null;
  readonly callListId: number | null;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly registeredAt: number;
  /** What the call is bound to. */
  readonly crm: Pick<FakeCrmEntity, 'type' | 'id'> | null;
  /** What this call itself created; finish makes its user responsible for it. */
  readonly created: readonly FakeCrmEntity[];
  readonly leadCreationError?: string;
  finishedAt?: number;
}

/** What makes two registrations the same call. CRM_ENTITY_* and CALL_START_DATE are not part of it. */
export type DedupKey = Pick<FakeCall, 'appId' | 'userId' | 'phone' | 'type' | 'line' | 'externalId'>;

const DEDUP_MS = 30 * 60_000;

/** All calls ever registered. */
export class CallBook {
  readonly #calls = new Map<string, FakeCall>();
  /** The newest registration of each key. */
  readonly #byKey = new Map<string, FakeCall>();
  readonly #clicks: FakeCall[] = [];

  add(call: FakeCall): void {
    this.#calls.set(call.id, call);
    // a click is never meant by a register: the CALL_ID came with the event
    if (call.cause === 'click') this.#clicks.push(call);
    else this.#byKey.set(keyText(call), call);
  }

  clear(): void {
    this.#calls.clear();
    this.#byKey.clear();
    this.#clicks.length = 0;
  }

  get all(): readonly FakeCall[] {
    return [...this.#calls.values()];
  }

  /** A call that is registered and not finished: to everything but attachRecord all others do not exist. */
  open(id: string): FakeCall | undefined {
    const call = this.#calls.get(id);
    return call?.finishedAt === undefined ? call : undefined;
  }

  known(id: string): FakeCall | undefined {
    return this.#calls.get(id);
  }

  /** The unfinished click of this user on this number. */
  openClick({ appId, userId, phone }: Pick<FakeCall, 'appId' | 'userId' | 'phone'>): FakeCall | undefined {
    return this.#clicks.find(
      (call) =>
        call.finishedAt === undefined &&
        call.appId === appId &&
        call.userId === userId &&
        call.phone === phone,
    );
  }

  /** The unfinished call that a registration repeats, if it was registered within 30 minutes before `now`. */
  repeated(key: DedupKey, now: number): FakeCall | undefined {
    const call = this.#byKey.get(keyText(key));
    return call && call.finishedAt === undefined && now - call.registeredAt < DEDUP_MS ? call : undefined;
  }
}

function keyText({ appId, userId, phone, type, line, externalId }: DedupKey): string {
  return JSON.stringify([appId, userId, phone, type, line, externalId]);
}
