import type { Moment } from './moment';
import type { RouteNote } from './routing/route-note';

/**
 * What was seen on a switch, in the words of the domain. An observation is a fact: it is never refused. It may come
 * late, twice or out of order, and says nothing about what it means for a call; that is decided by `absorb`.
 */
export type Observation =
  | ChannelSeen
  | ChannelRang
  | ChannelAnswered
  | ChannelsBridged
  | ChannelsUnbridged
  | ChannelHeld
  | ChannelResumed
  | ChannelParked
  | QueueEntered
  | QueueLeft
  | ChannelTransferred
  | RoomEntered
  | RoomLeft
  | RecordingStarted
  | RecordingStopped
  | ChannelEnded
  | ChannelLost
  | ChannelRouted;

interface Seen {
  /** The switch that told it: our name for it, from the configuration. */
  readonly switchId: string;
  /** One life of that switch: FreeSWITCH makes a new `Core-UUID` at every start. */
  readonly coreUuid: string;
  readonly moment: Moment;
  readonly channelUuid: string;
}

/** Who is at the far end of a channel. */
export type Party =
  /** A person of the company: a phone with an internal number. */
  | { readonly kind: 'employee'; readonly extension: string; readonly domain?: string }
  /** Anybody reached over a trunk: a client, or an employee's mobile. */
  | { readonly kind: 'outside' }
  /** Half of a `loopback/` pair: no far end at all, only a way back into the dial plan. */
  | { readonly kind: 'loopback'; readonly peerUuid?: string };

/** The facts of a channel that are right when it is created and never again (freeswitch-facts: freeze them here). */
export interface ChannelOrigin {
  /** As the switch sees it: `inbound` came to the switch, `outbound` was created by the switch. */
  readonly direction: 'inbound' | 'outbound';
  readonly party: Party;
  /** Caller number and name as presented on this channel, control characters removed. */
  readonly callerNumber?: string;
  readonly callerName?: string;
  /** The caller of the first leg, which FreeSWITCH hands on unchanged (`Caller-Orig-Caller-ID-Number`). */
  readonly originalCallerNumber?: string;
  /** What was dialled on this channel: for the first leg of an inbound call, the DID. */
  readonly dialled?: string;
  readonly gateway?: string;
  /** `crm_portal`: the portal this call belongs to, when the dial plan says so. */
  readonly portal?: string;
}

/** A channel exists (it was created, or a listing after a reconnection names it). Only this brings a call to life. */
export interface ChannelSeen extends Seen {
  readonly type: 'ChannelSeen';
  readonly origin: ChannelOrigin;
  /** `connector_call_id`: our own id, put on the channel by our dial plan or our originate. */
  readonly callId?: string;
  /** Channels that this one was created for, most trustworthy first. */
  readonly linkedTo: readonly string[];
}

/** The far phone rings (180), or plays something before it is answered (183). */
export interface ChannelRang extends Seen {
  readonly type: 'ChannelRang';
}

/** The channel was answered, by a person or by the switch itself; says nothing of who hears whom. */
export interface ChannelAnswered extends Seen {
  readonly type: 'ChannelAnswered';
}

/** Two channels hear each other. With early media this comes before any answer. */
export interface ChannelsBridged extends Seen {
  readonly type: 'ChannelsBridged';
  readonly otherUuid: string;
}

/** Two channels no longer hear each other; without `otherUuid` whatever bridge the channel was in. */
export interface ChannelsUnbridged extends Seen {
  readonly type: 'ChannelsUnbridged';
  readonly otherUuid?: string;
}

/** The phone at this channel put the call on hold. */
export interface ChannelHeld extends Seen {
  readonly type: 'ChannelHeld';
}

/** The phone at this channel took the call back from hold. */
export interface ChannelResumed extends Seen {
  readonly type: 'ChannelResumed';
}

/** The channel was put into a parking slot, from which somebody else may take it. */
export interface ChannelParked extends Seen {
  readonly type: 'ChannelParked';
  readonly slot: string;
}

/** The channel waits in a queue of the switch for somebody. */
export interface QueueEntered extends Seen {
  readonly type: 'QueueEntered';
  readonly queue: string;
}

/** It does not any more. */
export interface QueueLeft extends Seen {
  readonly type: 'QueueLeft';
  readonly queue: string;
  /** The switch's word for it (`Terminated`: somebody took the call); empty: it tells none. */
  readonly why: string;
}

/** The channel was sent to another destination of the dial plan (also by the dial plan itself). */
export interface ChannelTransferred extends Seen {
  readonly type: 'ChannelTransferred';
  /** FreeSWITCH's id of this transfer: it is told again with every later event. */
  readonly transferId: string;
  readonly to: string;
  /** The extension that a `Referred-By` header names, where a phone asked for it by REFER. */
  readonly referredBy?: string;
}

/** The channel entered a conference room: everybody in it hears everybody. */
export interface RoomEntered extends Seen {
  readonly type: 'RoomEntered';
  readonly room: string;
}

/** The channel left a conference room. */
export interface RoomLeft extends Seen {
  readonly type: 'RoomLeft';
  readonly room: string;
}

/** A recording began. It may end on another channel, so its path is its identity. */
export interface RecordingStarted extends Seen {
  readonly type: 'RecordingStarted';
  readonly path: string;
}

/** A recording is complete: the file is closed when this is told. */
export interface RecordingStopped extends Seen {
  readonly type: 'RecordingStopped';
  readonly path: string;
  /** Length in milliseconds, as the switch counted it. */
  readonly lengthMs?: number;
  /** The switch threw the file away (shorter than `RECORD_MIN_SEC`). */
  readonly discarded: boolean;
}

/** Who ended a channel: its own phone, or the switch. */
export type EndedBy = 'phone' | 'switch';

/** The channel is over. */
export interface ChannelEnded extends Seen {
  readonly type: 'ChannelEnded';
  /** FreeSWITCH's name, for example `USER_BUSY`; undefined when the switch gave none. */
  readonly hangupCause?: string;
  /** The SIP status with which the far end refused, for example 486. */
  readonly sipStatus?: number;
  readonly endedBy?: EndedBy;
  /** The far end left by transferring its partner (REFER). */
  readonly transferredAway: boolean;
  /** The dial plan application that ran on the channel last, for example `transfer` after a feature code. */
  readonly lastApplication?: string;
}

/** The channel is gone and nobody saw it end: the switch died, or it ended while we were away. */
export interface ChannelLost extends Seen {
  readonly type: 'ChannelLost';
}

/** It was decided who rings for the caller at this channel: the only one that no switch tells, but we ourselves. */
export interface ChannelRouted extends Seen {
  readonly type: 'ChannelRouted';
  readonly decision: Omit<RouteNote, 'channelUuid' | 'moment'>;
}
