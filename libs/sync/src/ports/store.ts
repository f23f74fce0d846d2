import type { PortalCall } from '@app/calls';
import type { CallToSync } from './call-to-sync';
import type { StepClass } from './turns';

/** Where calls and what the portal holds of them are kept. */
export interface SyncStore {
  /** The call with its portal, or undefined if there is no such call. */
  load(callId: string): Promise<CallToSync | undefined>;
  /**
   * Notes down steps in flight; committed when it returns, before the request is sent. Gives the ids of the calls noted:
   * who is missing was written by somebody else since it was loaded.
   */
  begin(portalCalls: readonly PortalCall[]): Promise<ReadonlySet<string>>;
  /** The effect of answers: the new observed states, each with its ledger rows, in one transaction. As `begin`. */
  settle(settled: readonly SettledCall[]): Promise<ReadonlySet<string>>;
  /** Notes down how far calls have got; none of them waits for a turn any more. */
  markSynced(...marks: readonly SyncMark[]): Promise<void>;
}

/** What a portal holds after an answer, with the requests that led to it. */
export interface SettledCall {
  readonly portalCall: PortalCall;
  readonly ledger: readonly LedgerEntry[];
}

export interface SyncState {
  /** The version of the call that was looked at. */
  readonly version: number;
  /** The portal holds all that it ever will: nobody needs to look again. */
  readonly settled: boolean;
  /** Epoch ms: the call must be looked at again then, changed or not. */
  readonly notBefore?: number;
  /** For people: why the call is not in the portal as it should be. Missing: nothing is wrong. */
  readonly problem?: string;
  /** For people: why it is filed as it is, or not at all, though nothing is wrong. */
  readonly remark?: string;
}

export interface SyncMark extends SyncState {
  readonly callId: string;
}

/** One request and what came of it, for the integrator who wants to see what happened. Holds no token. */
export interface LedgerEntry {
  readonly callId: string;
  readonly portalId: string;
  readonly step: string;
  /** REST method, or `upload`. */
  readonly method: string;
  readonly params: unknown;
  /** HTTP status; missing if no answer came. */
  readonly status?: number;
  readonly answer: unknown;
  readonly verdict?: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly stepClass?: StepClass;
  /** Since when the step could have been sent, epoch ms. */
  readonly readyAt?: number;
  /** The turn it was sent on. */
  readonly turn?: number;
  /** UUID that the commands of one batch share. */
  readonly batchId?: string;
}

/** A store of calls that wait for turns. */
export interface WaitingStore extends SyncStore {
  /** As `load`, for calls that wait for a turn of this portal; who has begun in another one is left out. */
  loadOf(portalId: string, callIds: readonly string[]): Promise<CallToSync[]>;
}
