import { legOf } from './call';
import type { Bridge, Call, Leg, LegEnd, QueueMove, Recording, RoomMove, Transfer, Unbridge } from './call';
import type { CallEvent } from './call-event';
import { partyOfClick } from './clicks/click';
import { compareMoments, earliest, isBefore, latest, type Moment } from './moment';
import type { RouteNote } from './routing/route-note';

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
    case 'ClickTaken':
      return call.click ? call : { ...call, click: event.click };
    case 'ClickEnded':
      return call.click && !call.click.ended ? { ...call, click: { ...call.click, ended: event.end } } : call;
    case 'LegJoined':
      return joinLeg(call, withPartyOfClick(call, event.leg));
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
    case 'LegQueued':
      return changeLeg(call, event.channelUuid, (leg) => queue(leg, event.move));
    case 'LegTransferred':
      return addTransfer(call, event.transfer);
    case 'RoomEntered':
      return addRoomMove(call, { ...moveOf(event), direction: 'in' });
    case 'RoomLeft':
      return addRoomMove(call, { ...moveOf(event), direction: 'out' });
    case 'RecordingStarted':
      return changeRecordings(call, { ...recordingOf(event), started: event.moment, discarded: false });
    case 'RecordingStopped':
      return changeRecordings(call, {
        ...recordingOf(event),
        stopped: event.moment,
        lengthMs: event.lengthMs,
        discarded: event.discarded,
      });
    case 'LegEnded':
      return changeLeg(call, event.channelUuid, (leg) => endLeg(leg, event.end));
    case 'CallRouted':
      return noteRoute(call, event.note);
    case 'CallAbsorbed':
      return absorbCall(call, event.other);
    case 'CallMerged':
      return call.mergedInto ? call : { ...call, mergedInto: { callId: event.into, moment: event.moment } };
  }
}

/** The clock of the switch has steps of about 20 ms: of two legs of the same step, who came in was first. */
function byCreation(a: Leg, b: Leg): number {
  const comesIn = (leg: Leg) => Number(leg.origin.direction === 'inbound');
  return compareMoments(a.created, b.created) || comesIn(b) - comesIn(a);
}

/** Whatever device the switch called for the employee of a click, on this channel it is he. */
function withPartyOfClick({ click }: Call, leg: Leg): Leg {
  const party = click?.agentUuid === leg.channelUuid ? partyOfClick(click) : undefined;
  return party ? { ...leg, origin: { ...leg.origin, party } } : leg;
}

const recordingOf = ({ path, channelUuid }: { path: string; channelUuid: string }) => ({ path, channelUuid });

function joinLeg(call: Call, leg: Leg): Call {
  const known = legOf(call, leg.channelUuid);
  if (known) return changeLeg(call, leg.channelUuid, () => reviveLeg(known, leg.coreUuid));
  const legs = [...call.legs, leg].sort(byCreation);
  return { ...call, legs, started: isBefore(leg.created, call.started) ? leg.created : call.started };
}

/**
 * A channel that was lost with one life of the switch and is seen in the next was recovered (`sofia recover` gives it
 * its old uuid back: FreeSWITCH, switch_core_session_request_xml). It goes on as if nothing had happened.
 */
function reviveLeg(lost: Leg, coreUuid: string): Leg {
  if (!lost.ended?.lost || lost.coreUuid === coreUuid) return lost;
  const { ended: _ended, ...living } = lost;
  return { ...living, coreUuid };
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
  const known = leg.parked ?? [];
  if (known.some((parking) => sameMoment(parking.moment, moment))) return leg;
  return { ...leg, parked: [...known, { moment, slot }].sort(byMoment) };
}

function queue(leg: Leg, move: QueueMove): Leg {
  const known = leg.queued ?? [];
  const isKnown = known.some(
    ({ moment, left }) =>
      sameMoment(moment, move.moment) && (left === undefined) === (move.left === undefined),
  );
  return isKnown ? leg : { ...leg, queued: [...known, move].sort(byMoment) };
}

/** A real end corrects a supposed one (the switch told it after all); nothing corrects a real end. */
function endLeg(leg: Leg, end: LegEnd): Leg {
  if (leg.ended && (end.lost || !leg.ended.lost)) return leg;
  return { ...leg, ended: end };
}

const sameMoment = (a: Moment, b: Moment) => compareMoments(a, b) === 0;
const byMoment = (x: { readonly moment: Moment }, y: { readonly moment: Moment }) =>
  compareMoments(x.moment, y.moment);

function addBridge(call: Call, bridge: Bridge): Call {
  const known = call.bridges.some(
    (b) => b.a === bridge.a && b.b === bridge.b && b.moment.at === bridge.moment.at,
  );
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

/** A caller who waits long is decided on often; how it went on after so many decisions is in the log. */
const MOST_NOTES = 100;

function noteRoute(call: Call, note: RouteNote): Call {
  const notes = call.route ?? [];
  const isKnown = notes.some(
    (known) => known.channelUuid === note.channelUuid && sameMoment(known.moment, note.moment),
  );
  if (isKnown || notes.length >= MOST_NOTES) return call;
  return { ...call, route: [...notes, note].sort(byMoment) };
}

const moveOf = ({ channelUuid, room, moment }: Omit<RoomMove, 'direction'>) => ({
  channelUuid,
  room,
  moment,
});

function addRoomMove(call: Call, move: RoomMove): Call {
  const known = call.rooms.some(
    (m) => m.channelUuid === move.channelUuid && sameMoment(m.moment, move.moment),
  );
  return known ? call : { ...call, rooms: [...call.rooms, move].sort(byMoment) };
}

/** What is known of a recording grows; the very same list comes back when it does not. */
function addRecording(recordings: readonly Recording[], told: Recording): readonly Recording[] {
  const index = recordings.findIndex((recording) => recording.path === told.path);
  const known = recordings[index];
  if (!known) return [...recordings, told].sort((a, b) => (a.path < b.path ? -1 : 1));
  const started = earliest(known.started, told.started);
  const stopped = latest(known.stopped, told.stopped);
  if (started === known.started && stopped === known.stopped) return recordings;
  // A file may be written to again (RECORD_APPEND): its last stop counts, also for whether it was thrown away.
  const closing = stopped === known.stopped ? known : told;
  // The channel where it began is the one whose talk it holds: a loopback leg hands its recording on when it leaves.
  const opening = started === known.started ? known : told;
  return recordings.with(index, {
    path: known.path,
    channelUuid: opening.channelUuid,
    started,
    stopped,
    lengthMs: closing.lengthMs,
    discarded: closing.discarded,
  });
}

function changeRecordings(call: Call, told: Recording): Call {
  const recordings = addRecording(call.recordings, told);
  return recordings === call.recordings ? call : { ...call, recordings };
}

function absorbCall(call: Call, other: Call): Call {
  if (call.absorbed.includes(other.callId)) return call;
  const legs = other.legs.filter((leg) => !call.legs.some((known) => known.channelUuid === leg.channelUuid));
  return {
    ...call,
    started: isBefore(other.started, call.started) ? other.started : call.started,
    legs: [...call.legs, ...legs].sort(byCreation),
    bridges: [...call.bridges, ...other.bridges].sort(byMoment),
    unbridges: [...call.unbridges, ...other.unbridges].sort(byMoment),
    rooms: [...call.rooms, ...other.rooms].sort(byMoment),
    transfers: [...call.transfers, ...other.transfers].sort(byMoment),
    recordings: other.recordings.reduce(addRecording, call.recordings),
    absorbed: [...call.absorbed, ...other.absorbed, other.callId],
    ...((call.route ?? other.route) && {
      route: [...(call.route ?? []), ...(other.route ?? [])].sort(byMoment),
    }),
  };
}
