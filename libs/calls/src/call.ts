import type { Click } from './clicks/click';
import type { Moment } from './moment';
import type { ChannelOrigin, EndedBy } from './observation';
import type { RouteNote } from './routing/route-note';

/**
 * A call, as the switch showed it: facts only, each with its moment. Facts are kept so that the order of their arrival
 * does not matter; everything that follows from them (who talked, how long, the outcome) is computed by pure functions
 * (`callFacts`). Plain data: it is stored as JSON and compared by value.
 */
export interface Call {
  readonly callId: string;
  readonly switchId: string;
  readonly coreUuid: string;
  readonly started: Moment;
  /** In the order of creation: the first leg is the one that made the call. */
  readonly legs: readonly Leg[];
  readonly bridges: readonly Bridge[];
  readonly unbridges: readonly Unbridge[];
  readonly rooms: readonly RoomMove[];
  readonly transfers: readonly Transfer[];
  readonly recordings: readonly Recording[];
  /** Set on a call that met an older one and became part of it. */
  readonly mergedInto?: { readonly callId: string; readonly moment: Moment };
  /** Calls that became part of this one. */
  readonly absorbed: readonly string[];
  /** What the call was asked for with, before there was any channel. */
  readonly click?: Click;
  /** What was decided on a routed caller, in order. */
  readonly route?: readonly RouteNote[];
  /** Counts the changes: what was synchronised up to this version needs no look. */
  readonly version: number;
}

/** A channel in its role in a call. */
export interface Leg {
  readonly channelUuid: string;
  readonly coreUuid: string;
  readonly origin: ChannelOrigin;
  readonly created: Moment;
  readonly rang?: Moment;
  readonly answered?: Moment;
  readonly held?: Moment;
  readonly resumed?: Moment;
  /** Each time it was put into a parking slot, in order. */
  readonly parked?: readonly { readonly moment: Moment; readonly slot: string }[];
  /** Each time it came into a queue and left it, in order. */
  readonly queued?: readonly QueueMove[];
  readonly ended?: LegEnd;
}

/** A leg came into a queue of the switch (mod_callcenter, mod_fifo), or left it. */
export interface QueueMove {
  readonly moment: Moment;
  readonly queue: string;
  /** Missing: it came in. The switch's word for why it left: `Terminated`, `BREAK_OUT`, `TIMEOUT`; empty: it tells none. */
  readonly left?: string;
}

export interface LegEnd {
  readonly moment: Moment;
  readonly hangupCause?: string;
  readonly sipStatus?: number;
  readonly endedBy?: EndedBy;
  readonly transferredAway: boolean;
  readonly lastApplication?: string;
  /** Nobody saw the end: `moment` is when the channel was last known to live. */
  readonly lost: boolean;
}

export interface Bridge {
  readonly a: string;
  readonly b: string;
  readonly moment: Moment;
}

export interface Unbridge {
  readonly a: string;
  readonly b?: string;
  readonly moment: Moment;
}

/** A channel went into a conference room or out of it; it may do so more than once. */
export interface RoomMove {
  readonly channelUuid: string;
  readonly room: string;
  readonly moment: Moment;
  readonly direction: 'in' | 'out';
}

export interface Transfer {
  readonly transferId: string;
  readonly channelUuid: string;
  readonly to: string;
  readonly moment: Moment;
  readonly referredBy?: string;
}

export interface Recording {
  /** Absolute path on the switch: the identity of a recording. */
  readonly path: string;
  readonly channelUuid: string;
  readonly started?: Moment;
  readonly stopped?: Moment;
  readonly lengthMs?: number;
  readonly discarded: boolean;
}

/** The leg of a channel, if the channel belongs to the call. */
export function legOf(call: Call, channelUuid: string): Leg | undefined {
  return call.legs.find((leg) => leg.channelUuid === channelUuid);
}

/**
 * Whether no channel of the call is left; a click that has none yet goes on until it came to nothing. A call that became
 * part of another is over for itself.
 */
export function isOver(call: Call): boolean {
  if (call.mergedInto !== undefined) return true;
  if (call.legs.length === 0 && call.click) return call.click.ended !== undefined;
  return call.legs.every((leg) => leg.ended);
}

/** When the last of its channels ended, or a click without any came to nothing; epoch ms, never before its start. */
export function endOf({ legs, click, started }: Call): number {
  const ends = legs.map((leg) => leg.ended?.moment.at ?? 0);
  return Math.max(started.at, ...ends, legs.length === 0 ? (click?.ended?.moment.at ?? 0) : 0);
}
