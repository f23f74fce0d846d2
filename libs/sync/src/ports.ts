import type { Call, CardPolicy, PortalCall, PortalPolicy } from '@app/calls';
import type { PortalClient, PortalExchange } from '@app/bitrix24';

/** Everything a look at one call needs, read in one go. */
export interface CallToSync {
  /** The facts; `call.version` is the version that is synchronised against. */
  readonly call: Call;
  /** Undefined when no portal was found for the call: it is not filed, and shown as such. */
  readonly portal: PortalSettings | undefined;
  /** What the portal is known to hold; `unregistered(callId)` when that is nothing yet. */
  readonly portalCall: PortalCall;
}

/** One portal with everything a policy needs, as it was when the call was read. */
export interface PortalSettings {
  readonly portalId: string;
  readonly memberId: string;
  /** What the tokens may do; missing: nobody knows. */
  readonly scope?: readonly string[];
  /** REST root, e.g. `https://company.bitrix24.com/rest/`. */
  readonly endpoint: string;
  /** Wrapped in a Secret before anything else is done with it. */
  readonly accessToken: string;
  readonly defaultUserId: number;
  /** ISO 3166-1 alpha-2, e.g. `RU`: whose numbers are written without a country code. */
  readonly defaultRegion: string;
  readonly finishWhen: PortalPolicy['finishWhen'];
  readonly recordingUpload: 'two-step' | 'base64';
  readonly anonymousNumber: string;
  readonly crm: { readonly inbound: CrmSetting; readonly outbound: CrmSetting };
  readonly addToChat: { readonly inbound: boolean; readonly outbound: boolean };
  /** The portal's users who have a phone on the switch of this call. */
  readonly users: readonly PortalUser[];
  readonly lines: readonly { readonly did: string; readonly lineNumber: string }[];
}

export interface CrmSetting {
  readonly create: boolean;
  readonly source: string;
}

export interface PortalUser {
  readonly userId: number;
  readonly extension: string;
  /** Missing: the extension means this user in every domain of the switch. */
  readonly domain?: string;
  readonly cardPolicy: CardPolicy;
}

/** Where calls and what the portal holds of them are kept. */
export interface SyncStore {
  /** The call with its portal, or undefined if there is no such call. */
  load(callId: string): Promise<CallToSync | undefined>;
  /** Notes down the step in flight; committed when it returns, before the request is sent. */
  begin(portalCall: PortalCall): Promise<void>;
  /** The effect of an answer: the new observed state and the ledger rows, in one transaction. */
  settle(portalCall: PortalCall, ledger: LedgerEntry[]): Promise<void>;
  /** Notes down how far a call has got. */
  markSynced(callId: string, state: SyncState): Promise<void>;
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
}

/** What a request is for: the order in which requests give way to each other when a portal's limit is near. */
export type StepClass = 'live-card' | 'finish' | 'recording' | 'backfill' | 'directory';

/** The portal's request limit, counted for all processes together. */
export interface RateGovernor {
  /** Takes the right to send one request now, or tells when to ask again (epoch ms). */
  reserve(portalId: string, egress: string, stepClass: StepClass, now: number): Promise<RateSlot>;
  /** The portal said that the limit is reached: nothing is granted until the time returned (epoch ms). */
  penalise(portalId: string, egress: string, now: number): Promise<number>;
}

export type RateSlot = { readonly granted: true } | { readonly granted: false; readonly retryAt: number };

/** Sees to it that nobody else in any process works on the same call. */
export interface CallFence {
  /** Runs `work` while the fence is held; `held: false` and nothing done if somebody else holds it. */
  hold<T>(callId: string, work: () => Promise<T>): Promise<Held<T>>;
}

export type Held<T> = { readonly held: true; readonly value: T } | { readonly held: false };

/** Bounds the requests to one portal that are in flight in this process, so that one that hangs blocks only itself. */
export interface PortalGate {
  /** A function that gives the place back, or undefined if every place for this class is taken. */
  enter(portalId: string, stepClass: StepClass): (() => void) | undefined;
}

/** Finds the file of a recording. */
export interface RecordingSource {
  /**
   * The file that the switch knows as `path`. Throws RecordingsUnavailable when the place where the recordings of this
   * switch are kept is away as a whole: that says nothing about this file.
   */
  open(switchId: string, path: string): Promise<FoundRecording>;
}

export type FoundRecording =
  | {
      readonly kind: 'file';
      /** Real path on this machine, free of symbolic links. */
      readonly localPath: string;
      readonly bytes: number;
      /** The header does not fit the file (the switch died while it wrote): it has to be repaired on the way. */
      readonly torn: boolean;
    }
  | { readonly kind: 'missing' | 'empty' | 'unreadable'; readonly detail: string };

/** The requests of a PortalClient that synchronising needs. */
export type PortalRequests = Pick<PortalClient, 'call' | 'uploadRecord'>;

/** How long the portal may take over each kind of request, ms. */
export interface StepTimeouts {
  /** Cards: late is as good as never. */
  readonly cardMs: number;
  /** Everything else but files. */
  readonly requestMs: number;
  /** Requests that carry a recording. */
  readonly uploadMs: number;
}

/** What synchronising a call needs from the world. */
export interface SyncDeps {
  readonly store: SyncStore;
  readonly rate: RateGovernor;
  readonly gate: PortalGate;
  readonly recordings: RecordingSource;
  /** A client that reports each of its requests to `onExchange`. */
  readonly openPortal: (onExchange: (exchange: PortalExchange) => void) => PortalRequests;
  readonly timeouts: StepTimeouts;
  /** Names the source address: the portal's limit counts per portal and address. */
  readonly egress: string;
  /** Epoch ms. */
  readonly now: () => number;
}
