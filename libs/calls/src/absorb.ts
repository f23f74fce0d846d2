import type { Call, Leg } from './call';
import type { CallEvent } from './call-event';
import { emptyCall } from './empty-call';
import { evolve } from './evolve';
import type { Observation } from './observation';

/**
 * What an observation changes in a call. Total and pure: an observation is never refused, and one that tells nothing
 * new (doubled, late, or about an end already seen) changes nothing.
 *
 * @returns the events to append to the journal of the call; empty when there is no news.
 */
export function absorb(call: Call, seen: Observation): CallEvent[] {
  const event = eventOf(seen);
  return evolve(call, event) === call ? [] : [event];
}

/** The leg that an observed channel becomes. */
export function legFrom(seen: Extract<Observation, { type: 'ChannelSeen' }>): Leg {
  return {
    channelUuid: seen.channelUuid,
    coreUuid: seen.coreUuid,
    origin: seen.origin,
    created: seen.moment,
  };
}

function eventOf(seen: Observation): CallEvent {
  const { channelUuid, moment } = seen;
  switch (seen.type) {
    case 'ChannelSeen':
      return { type: 'LegJoined', leg: legFrom(seen) };
    case 'ChannelRang':
      return { type: 'LegRang', channelUuid, moment };
    case 'ChannelAnswered':
      return { type: 'LegAnswered', channelUuid, moment };
    case 'ChannelsBridged':
      return { type: 'LegsBridged', bridge: { a: channelUuid, b: seen.otherUuid, moment } };
    case 'ChannelsUnbridged':
      return { type: 'LegsUnbridged', unbridge: { a: channelUuid, b: seen.otherUuid, moment } };
    case 'ChannelHeld':
      return { type: 'LegHeld', channelUuid, moment };
    case 'ChannelResumed':
      return { type: 'LegResumed', channelUuid, moment };
    case 'ChannelParked':
      return { type: 'LegParked', channelUuid, moment, slot: seen.slot };
    case 'QueueEntered':
      return { type: 'LegQueued', channelUuid, move: { moment, queue: seen.queue } };
    case 'QueueLeft':
      return { type: 'LegQueued', channelUuid, move: { moment, queue: seen.queue, left: seen.why } };
    case 'ChannelTransferred':
      return { type: 'LegTransferred', transfer: transferFrom(seen) };
    case 'RoomEntered':
    case 'RoomLeft':
      return { type: seen.type, channelUuid, moment, room: seen.room };
    case 'RecordingStarted':
      return { type: 'RecordingStarted', channelUuid, moment, path: seen.path };
    case 'RecordingStopped':
      return {
        type: 'RecordingStopped',
        channelUuid,
        moment,
        path: seen.path,
        lengthMs: seen.lengthMs,
        discarded: seen.discarded,
      };
    case 'ChannelEnded':
      return { type: 'LegEnded', channelUuid, end: { ...endFrom(seen), lost: false } };
    case 'ChannelRouted':
      return { type: 'CallRouted', note: { ...seen.decision, channelUuid, moment } };
    case 'ChannelLost':
      return { type: 'LegEnded', channelUuid, end: { moment, transferredAway: false, lost: true } };
  }
}

function transferFrom(seen: Extract<Observation, { type: 'ChannelTransferred' }>) {
  const { transferId, channelUuid, to, moment, referredBy } = seen;
  return { transferId, channelUuid, to, moment, referredBy };
}

function endFrom(seen: Extract<Observation, { type: 'ChannelEnded' }>) {
  const { moment, hangupCause, sipStatus, endedBy, transferredAway, lastApplication } = seen;
  return { moment, hangupCause, sipStatus, endedBy, transferredAway, lastApplication };
}

/** A call with its first leg. */
export function beginCall(callId: string, first: Extract<Observation, { type: 'ChannelSeen' }>): Call {
  const { switchId, coreUuid, moment } = first;
  return emptyCall({ callId, switchId, coreUuid, started: moment });
}
