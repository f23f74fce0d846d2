import { unregistered, type Call, type PortalCall } from '@app/calls';
import type { CallToSync, LedgerEntry, PortalSettings, SyncState, SyncStore } from './ports';

/** A SyncStore without a database, for replays in virtual time. What is written is seen at once and lost at the end. */
export class MemoryStore implements SyncStore {
  readonly #calls = new Map<string, { readonly call: Call; readonly portal: PortalSettings | undefined }>();
  readonly #portalCalls = new Map<string, PortalCall>();
  readonly #states = new Map<string, SyncState>();
  readonly #ledger: LedgerEntry[] = [];

  /** Writes the facts of a call, anew or again. */
  put(call: Call, portal: PortalSettings | undefined): void {
    this.#calls.set(call.callId, { call, portal });
  }

  /** What the portal is known to hold for a call. */
  portalCall(callId: string): PortalCall {
    return this.#portalCalls.get(callId) ?? unregistered(callId);
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
    return Promise.resolve(known && { ...known, portalCall: this.portalCall(callId) });
  }

  begin(portalCall: PortalCall): Promise<void> {
    this.#portalCalls.set(portalCall.callId, portalCall);
    return Promise.resolve();
  }

  settle(portalCall: PortalCall, ledger: LedgerEntry[]): Promise<void> {
    this.#portalCalls.set(portalCall.callId, portalCall);
    this.#ledger.push(...ledger);
    return Promise.resolve();
  }

  markSynced(callId: string, state: SyncState): Promise<void> {
    this.#states.set(callId, state);
    return Promise.resolve();
  }
}
