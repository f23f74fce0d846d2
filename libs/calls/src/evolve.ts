import type { Bridge, Call, Leg, LegEnd, Recording, RoomVisit, Transfer, Unbridge } from './call';
import type { CallEvent } from './call-event';
import { compareMoments, earliest, isBefore, latest, type Moment } from './moment';

/**
 * The call after an event. Returns the very same object when the event tells nothing new, so that `absorb` can tell
 * news from repetition. Every rule here gives the same result in whatever order the events come: the earliest ring and
 * answer win, the first end wins unless it was only a supposition (`lost`), lists are sorted by moment.
 * The states a call goes through are drawn in docs/call-lifecycle.md.
 */
export function evolve(call: Call, event: CallEvent): Call {
  const changed = apply(call, event);
  return changed === call ? call : { ...changed, version: call.version + 1 };
}

function apply(call: Call, event: CallEvent): Call {
  switch (event.type) {
    case 'LegJoined':
      return joinLeg(call, event.leg);
    case 'LegRang':
      return changeLeg(call, event.channelUuid, (leg) => withEarliest(leg, 'rang', event.moment));
    case 'LegAnswered':
      return changeLeg(call, event.channelUuid, (leg) => withEarliest(leg, 'answered', event.moment));
    case 'LegsBridged':
      return addBridge(call, event.bridge);
    case 'LegsUnbridged':
      return addUnbridge(call, event.unbridge);
    case 'LegHeld':
      return changeLeg(call, event.channelUuid, (leg) => withLatest(leg, 'held', event.moment));
    case 'LegResumed':
      return changeLeg(call, event.channelUuid, (leg) => withLatest(leg, 'resumed', event.moment));
    case 'LegParked':
      return changeLeg(call, event.channelUuid, (leg) => park(leg, event.slot, event.moment));
    case 'LegTransferred':
      return addTransfer(call, event.transfer);
    case 'RoomEntered':
      return changeRoom(call, event.channelUuid, event.room, { entered: event.moment });
    case 'RoomLeft':
      return changeRoom(call, event.channelUuid, event.room, { left: event.moment });
    case 'RecordingStarted':
      return changeRecording(call, event, { started: event.moment, discarded: false });
    case 'RecordingStopped':
      return changeRecording(call, event, {
        stopped: event.moment,
        lengthMs: event.lengthMs,
        discarded: event.discarded,
      });
    case 'LegEnded':
      return changeLeg(call, event.channelUuid, (leg) => endLeg(leg, event.end));
    case 'CallAbsorbed':
      return absorbCall(call, event.other);
    case 'CallMerged':
      return call.mergedInto ? call : { ...call, mergedInto: { callId: event.into, moment: event.moment } };
  }
}

function joinLeg(call: Call, leg: Leg): Call {
  if (call.legs.some((known) => known.channelUuid === leg.channelUuid)) return call;
  const legs = [...call.legs, leg].sort((a, b) => compareMoments(a.created, b.created));
  return { ...call, legs, started: isBefore(leg.created, call.started) ? leg.created : call.started };
}

function changeLeg(call: Call, channelUuid: string, change: (leg: Leg) => Leg): Call {
  const index = call.legs.findIndex((leg) => leg.channelUuid === channelUuid);
  const leg = call.legs[index];
  if (!leg) return call;
  const changed = change(leg);
  return changed === leg ? call : { ...call, legs: call.legs.with(index, changed) };
}

function withEarliest(leg: Leg, key: 'rang' | 'answered', moment: Moment): Leg {
  const known = leg[key];
  // A listing of channels tells the same moment again, without the number of the event.
  const isRetold = moment.seq === 0 && known?.at === moment.at;
  return isRetold || earliest(known, moment) === known ? leg : { ...leg, [key]: moment };
}

function withLatest(leg: Leg, key: 'held' | 'resumed', moment: Moment): Leg {
  const known = leg[key];
  return known && !isBefore(known, moment) ? leg : { ...leg, [key]: moment };
}

function park(leg: Leg, slot: string, moment: Moment): Leg {
  return leg.parked && !isBefore(leg.parked.moment, moment) ? leg : { ...leg, parked: { moment, slot } };
}

/** A real end corrects a supposed one (the switch told it after all); nothing corrects a real end. */
function endLeg(leg: Leg, end: LegEnd): Leg {
  if (leg.ended && (end.lost || !leg.ended.lost)) return leg;
  return { ...leg, ended: end };
}

const sameMoment = (a: Moment, b: Moment) => compareMoments(a, b) === 0;
const byMoment = (x: { readonly moment: Moment }, y: { readonly moment: Moment }) => compareMoments(x.moment, y.moment);

function addBridge(call: Call, bridge: Bridge): Call {
  const known = call.bridges.some((b) => b.a === bridge.a && b.b === bridge.b && b.moment.at === bridge.moment.at);
  return known ? call : { ...call, bridges: [...call.bridges, bridge].sort(byMoment) };
}

function addUnbridge(call: Call, unbridge: Unbridge): Call {
  const known = call.unbridges.some((u) => u.a === unbridge.a && sameMoment(u.moment, unbridge.moment));
  return known ? call : { ...call, unbridges: [...call.unbridges, unbridge].sort(byMoment) };
}

/** The switch tells a transfer again with every later event of the channel; a later telling may know who asked. */
function addTransfer(call: Call, transfer: Transfer): Call {
  const index = call.transfers.findIndex((known) => known.transferId === transfer.transferId);
  const known = call.transfers[index];
  if (!known) return { ...call, transfers: [...call.transfers, transfer].sort(byMoment) };
  if (known.referredBy || !transfer.referredBy) return call;
  return { ...call, transfers: call.transfers.with(index, { ...known, referredBy: transfer.referredBy }) };
}

function changeRoom(
  call: Call,
  channelUuid: string,
  room: string,
  seen: { entered?: Moment; left?: Moment },
): Call {
  const index = call.rooms.findIndex((visit) => visit.channelUuid === channelUuid && visit.room === room);
  const known: RoomVisit = call.rooms[index] ?? { channelUuid, room };
  const entered = earliest(known.entered, seen.entered);
  const left = latest(known.left, seen.left);
  if (index >= 0 && entered === known.entered && left === known.left) return call;
  const visit = { ...known, entered, left };
  return { ...call, rooms: index < 0 ? [...call.rooms, visit] : call.rooms.with(index, visit) };
}

type RecordingNews = Omit<Recording, 'path' | 'channelUuid'>;

function changeRecording(call: Call, told: { path: string; channelUuid: string }, news: RecordingNews): Call {
  const index = call.recordings.findIndex((recording) => recording.path === told.path);
  const known = call.recordings[index];
  if (!known) {
    const recording = { path: told.path, channelUuid: told.channelUuid, ...news };
    return { ...call, recordings: [...call.recordings, recording].sort(byPath) };
  }
  if (news.started ? known.started : known.stopped) return call;
  // The channel where it began is the one whose talk it holds: a loopback leg hands its recording on when it leaves.
  const channelUuid = news.started ? told.channelUuid : known.channelUuid;
  const merged = { ...known, ...definedOf(news), channelUuid, discarded: known.discarded || news.discarded };
  return { ...call, recordings: call.recordings.with(index, merged) };
}

const byPath = (a: Recording, b: Recording) => (a.path < b.path ? -1 : 1);

function definedOf<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Partial<T>;
}

function absorbCall(call: Call, other: Call): Call {
  if (call.absorbed.includes(other.callId)) return call;
  const legs = other.legs.filter((leg) => !call.legs.some((known) => known.channelUuid === leg.channelUuid));
  return {
    ...call,
    started: isBefore(other.started, call.started) ? other.started : call.started,
    legs: [...call.legs, ...legs].sort((a, b) => compareMoments(a.created, b.created)),
    bridges: [...call.bridges, ...other.bridges].sort(byMoment),
    unbridges: [...call.unbridges, ...other.unbridges].sort(byMoment),
    rooms: [...call.rooms, ...other.rooms],
    transfers: [...call.transfers, ...other.transfers].sort(byMoment),
    recordings: [...call.recordings, ...other.recordings].sort(byPath),
    absorbed: [...call.absorbed, ...other.absorbed, other.callId],
  };
}
