import type { Bridge, Call, Leg, LegEnd, QueueMove, Transfer, Unbridge } from './call';
import type { Click, ClickEnd } from './clicks/click';
import type { Moment } from './moment';
import type { RouteNote } from './routing/route-note';

/** What changed in a call: the journal of the call, and the only input of `evolve`. */
export type CallEvent =
  /** The call was asked for, and nothing is known of it but that. */
  | { readonly type: 'ClickTaken'; readonly click: Click; readonly moment: Moment }
  /** The click came to nothing. */
  | { readonly type: 'ClickEnded'; readonly end: ClickEnd }
  | { readonly type: 'LegJoined'; readonly leg: Leg }
  | { readonly type: 'LegRang'; readonly channelUuid: string; readonly moment: Moment }
  | { readonly type: 'LegAnswered'; readonly channelUuid: string; readonly moment: Moment }
  | { readonly type: 'LegsBridged'; readonly bridge: Bridge }
  | { readonly type: 'LegsUnbridged'; readonly unbridge: Unbridge }
  | { readonly type: 'LegHeld'; readonly channelUuid: string; readonly moment: Moment }
  | { readonly type: 'LegResumed'; readonly channelUuid: string; readonly moment: Moment }
  | {
      readonly type: 'LegParked';
      readonly channelUuid: string;
      readonly moment: Moment;
      readonly slot: string;
    }
  | { readonly type: 'LegQueued'; readonly channelUuid: string; readonly move: QueueMove }
  | { readonly type: 'LegTransferred'; readonly transfer: Transfer }
  | {
      readonly type: 'RoomEntered';
      readonly channelUuid: string;
      readonly moment: Moment;
      readonly room: string;
    }
  | {
      readonly type: 'RoomLeft';
      readonly channelUuid: string;
      readonly moment: Moment;
      readonly room: string;
    }
  | {
      readonly type: 'RecordingStarted';
      readonly channelUuid: string;
      readonly moment: Moment;
      readonly path: string;
    }
  | {
      readonly type: 'RecordingStopped';
      readonly channelUuid: string;
      readonly moment: Moment;
      readonly path: string;
      readonly lengthMs?: number;
      readonly discarded: boolean;
    }
  /** It was decided who rings for a caller, and why. */
  | { readonly type: 'CallRouted'; readonly note: RouteNote }
  | { readonly type: 'LegEnded'; readonly channelUuid: string; readonly end: LegEnd }
  /** Two calls met: this one, the older, takes the facts of the other. */
  | { readonly type: 'CallAbsorbed'; readonly other: Call; readonly moment: Moment }
  /** Two calls met: this one, the younger, is now part of the other. */
  | { readonly type: 'CallMerged'; readonly into: string; readonly moment: Moment };
