/** What a request is for: the order in which requests give way to each other when a portal's limit is near. */
export type StepClass = 'live-card' | 'finish' | 'recording' | 'backfill' | 'directory';

/** Gives turns: the right to send one request now. */
export interface Turns {
  /** Asks for the turn of one step; if it is not granted, the step waits for it from now on. */
  ask(asked: AskedTurn, now: number): Promise<Turn>;
  /** Has steps wait for their turn. */
  add(portalId: string, egress: string, steps: readonly StepToAdd[], now: number): Promise<void>;
}

export interface AskedTurn {
  readonly callId: string;
  readonly portalId: string;
  readonly egress: string;
  readonly stepClass: StepClass;
  /** The method that it would call, for its working time. */
  readonly method: string;
  /** Requests of its own that follow the first: the upload of a recording. Paid for by the same turn. */
  readonly uploads: 0 | 1;
  /** False: it cannot be sent now whatever is granted, and waits. */
  readonly hasPlace: boolean;
}

export interface StepToAdd {
  readonly callId: string;
  readonly stepClass: StepClass;
  readonly uploads: 0 | 1;
  /** As the turn told it: the step has waited since then. Missing: it is ready now. */
  readonly readyAt?: number;
  /** Not to be sent for so long. */
  readonly asideMs?: number;
}

export type Turn =
  | GrantedTurn
  /** The step waits. `isFirst`: behind nobody, so that whoever gives turns may have to come earlier than planned. */
  | { readonly kind: 'listed'; readonly isFirst: boolean }
  /** The working time of its method is used up until then. */
  | { readonly kind: 'over-budget'; readonly until: number }
  | ClosedPortal;

export interface GrantedTurn {
  readonly kind: 'granted';
  readonly turn: number;
  /** Since when the step could have been sent, epoch ms. */
  readonly readyAt: number;
  /** The first request after a block. */
  readonly isProbe: boolean;
}

/** Nothing is sent to the portal at all: a person must act, or the vendor has blocked it until a time. */
export interface ClosedPortal {
  readonly kind: 'closed';
  readonly why: 'red' | 'blocked';
  readonly reason: string;
  readonly until?: number;
}

/** Turns for steps that wait. */
export interface WaitingTurns extends Turns {
  /**
   * Takes the next turn of a portal: for what stands first, and for what may go along in the same request. Until they are
   * added again, or their calls are noted down as synchronised, the steps are in the taker's hands.
   */
  take(portalId: string, egress: string, options: TakeOptions, now: number): Promise<TakenTurn>;
  /** Steps that turned out to be none of this portal wait for its turns no more. */
  drop(portalId: string, callIds: readonly string[]): Promise<void>;
  /** Nothing is sent to the portal for long: who waits for a turn is looked at again then. Gives how many they are. */
  park(portalId: string, until: number, reason: string): Promise<number>;
}

export interface TakeOptions {
  /** There is a place for this class and for all that are more urgent. */
  readonly leastUrgent: StepClass;
  /** Commands in one request. */
  readonly most: number;
  /** Recordings that are uploaded after it. */
  readonly mostUploads: number;
}

export type TakenTurn =
  | {
      readonly kind: 'taken';
      readonly turn: number;
      /** Of the first, whose turn it is. */
      readonly stepClass: StepClass;
      readonly isProbe: boolean;
      readonly steps: readonly WaitingStep[];
    }
  /** Nobody waits; with a time, somebody will by then. */
  | { readonly kind: 'nobody'; readonly until?: number }
  /** Whose turn it is has no place. */
  | { readonly kind: 'no-place' }
  | { readonly kind: 'no-room'; readonly until: number }
  | ClosedPortal;

export interface WaitingStep {
  readonly callId: string;
  readonly stepClass: StepClass;
  readonly uploads: 0 | 1;
  readonly readyAt: number;
}
