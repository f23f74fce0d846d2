import type { PortalExchange } from '@app/bitrix24';
import type {
  PortalGate,
  PortalRequests,
  PortalTokens,
  PortalTroubles,
  StepTimeouts,
  WaitingGate,
} from './portal';
import type { RateGovernor } from './rate-governor';
import type { RecordingSource } from './recordings';
import type { SyncStore, WaitingStore } from './store';
import type { Turns, WaitingTurns } from './turns';

/** What synchronising a call needs from the world. */
export interface SyncDeps {
  readonly store: SyncStore;
  readonly rate: RateGovernor;
  readonly turns: Turns;
  readonly tokens: PortalTokens;
  readonly troubles: PortalTroubles;
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

/** Sees to it that nobody else in any process works on the same call. */
export interface CallFence {
  /** Runs `work` with those of the calls that nobody else holds, in their order, and holds them meanwhile. */
  holdAll<T>(callIds: readonly string[], work: (held: readonly string[]) => Promise<T>): Promise<T>;
  /** Runs `work` while the fence is held; `held: false` and nothing done if somebody else holds it. */
  hold<T>(callId: string, work: () => Promise<T>): Promise<Held<T>>;
}

export type Held<T> = { readonly held: true; readonly value: T } | { readonly held: false };

/** What sending for those who wait needs from the world. */
export interface SendWaitingDeps extends SyncDeps {
  readonly store: WaitingStore;
  readonly turns: WaitingTurns;
  readonly gate: WaitingGate;
  readonly fence: CallFence;
}
