import { unregistered, type Call, type PortalCall, type PortalCallKey } from '@app/calls';
import type {
  CallToSync,
  LedgerEntry,
  PortalSettings,
  SettledCall,
  SyncMark,
  SyncState,
  WaitingStore,
} from './ports';

/** A store without a database, for replays in virtual time. What is written is seen at once and lost at the end. */
export class MemoryStore implements WaitingStore {
  readonly #calls = new Map<string, { readonly call: Call; readonly portal: PortalSettings | undefined }>();
  /** By call id and key. */
  readonly #portalCalls = new Map<string, ReadonlyMap<string, PortalCall>>();
  readonly #states = new Map<string, SyncState>();
  readonly #ledger: LedgerEntry[] = [];

  /** Writes the facts of a call, anew or again. */
  put(call: Call, portal: PortalSettings | undefined): void {
    this.#calls.set(call.callId, { call, portal });
  }

  /** What the portal is known to hold for a call: the first of its portal calls, or another. */
  portalCall(callId: string, key: PortalCallKey = 'main'): PortalCall {
    return this.#portalCalls.get(callId)?.get(key) ?? unregistered(callId, key);
  }

  /** How far a call has got; undefined before it was first looked at. */
  state(callId: string): SyncState | undefined {
    return this.#states.get(callId);
  }

  /** Every request, in the order in which they ended. */
  get ledger(): readonly LedgerEntry[] {
    return this.#ledger;
  }

  load(callId: string): Promise<CallToSync | undefined> {
    const known = this.#calls.get(callId);
    const portalCalls = [...(this.#portalCalls.get(callId)?.values() ?? [])];
    return Promise.resolve(known && { ...known, portalCalls });
  }

  async loadOf(portalId: string, callIds: readonly string[]): Promise<CallToSync[]> {
    const found = await Promise.all(callIds.map((callId) => this.load(callId)));
    return found.filter((call) => call?.portal?.portalId === portalId).filter((call) => call !== undefined);
  }

  begin(portalCalls: readonly PortalCall[]): Promise<ReadonlySet<string>> {
    return this.settle(portalCalls.map((portalCall) => ({ portalCall, ledger: [] })));
  }

  settle(settled: readonly SettledCall[]): Promise<ReadonlySet<string>> {
    for (const { portalCall, ledger } of settled) {
      const { callId, key } = portalCall;
      this.#portalCalls.set(callId, new Map([...(this.#portalCalls.get(callId) ?? []), [key, portalCall]]));
      this.#ledger.push(...ledger);
    }
    return Promise.resolve(new Set(settled.map(({ portalCall }) => portalCall.callId)));
  }

  markSynced(...marks: readonly SyncMark[]): Promise<void> {
    for (const { callId, ...state } of marks) this.#states.set(callId, state);
    return Promise.resolve();
  }
}
