import { legOf, type Bridge, type Call, type Leg } from './call';
import { compareMoments, earliest, isBefore, type Moment } from './moment';
import { roomVisits } from './rooms';

/** A stretch of time in which the listener heard the same people. */
export interface Hearing {
  readonly from: Moment;
  /** Undefined while it goes on. */
  readonly until?: Moment;
  /** Channels of the people heard: answered ones, loopback legs looked through. */
  readonly heard: readonly string[];
  /** Heard in a conference room rather than over a bridge. */
  readonly inRoom: boolean;
}

/**
 * Whom an answered leg heard, and when. The rules are FreeSWITCH's:
 * - a bridge with early media is no talk: both ends must be answered (freeswitch-facts, section 1.2);
 * - a channel is in one bridge at a time; a newer one takes it out of the older without an UNBRIDGE (att_xfer);
 * - loopback legs are two ends of one wire: what is bridged behind them is what is heard;
 * - people in the same conference room hear each other, without any bridge.
 */
export function hearingsOf(call: Call, channelUuid: string): Hearing[] {
  const listener = legOf(call, channelUuid);
  if (!listener?.answered) return [];
  const wiring = wiringOf(call);
  const hearings: Hearing[] = [];
  for (const moment of momentsOfChange(call, wiring)) {
    const now = isAnsweredAt(listener, moment) ? heardAt(call, wiring, listener, moment) : SILENCE;
    continueHearing(hearings, now, moment);
  }
  return hearings;
}

interface Heard {
  readonly heard: readonly string[];
  readonly inRoom: boolean;
}

const SILENCE: Heard = { heard: [], inRoom: false };

function continueHearing(hearings: Hearing[], now: Heard, moment: Moment): void {
  const current = hearings.at(-1);
  const open = current && !current.until ? current : undefined;
  if (open && sameHeard(open, now)) return;
  if (open) hearings[hearings.length - 1] = { ...open, until: moment };
  if (now.heard.length > 0) hearings.push({ from: moment, ...now });
}

function sameHeard(a: Heard, b: Heard): boolean {
  return (
    a.inRoom === b.inRoom &&
    a.heard.length === b.heard.length &&
    a.heard.every((uuid) => b.heard.includes(uuid))
  );
}

interface Wire extends Bridge {
  readonly until?: Moment;
}

/** Bridges with their ends: told by an UNBRIDGE of the pair, or by the end of either leg. */
function wiringOf(call: Call): Wire[] {
  return call.bridges.map((bridge) => {
    const told = call.unbridges.find(
      (u) =>
        !isBefore(u.moment, bridge.moment) && joins(bridge, u.a) && (u.b === undefined || joins(bridge, u.b)),
    )?.moment;
    const legEnds = [legOf(call, bridge.a)?.ended?.moment, legOf(call, bridge.b)?.ended?.moment];
    return { ...bridge, until: legEnds.reduce(earliest, told) };
  });
}

const joins = (bridge: Bridge, channelUuid: string) => bridge.a === channelUuid || bridge.b === channelUuid;

function momentsOfChange(call: Call, wiring: readonly Wire[]): Moment[] {
  const moments = [
    ...call.legs.flatMap((leg) => [leg.answered, leg.ended?.moment]),
    ...wiring.flatMap((wire) => [wire.moment, wire.until]),
    ...call.rooms.map((move) => move.moment),
  ];
  return moments.filter((moment) => moment !== undefined).sort(compareMoments);
}

function isAnsweredAt(leg: Leg, moment: Moment): boolean {
  return leg.answered !== undefined && !isBefore(moment, leg.answered) && !hasEndedAt(leg, moment);
}

function hasEndedAt(leg: Leg, moment: Moment): boolean {
  return leg.ended !== undefined && !isBefore(moment, leg.ended.moment);
}

/**
 * The one bridge a channel is in: the newest that began and has not ended. An older one under it (a client waiting for
 * the end of a consultation) comes back only when the colleague is gone: while he lives, the switch is plugging him to
 * the client, and the old bridge is on its way out.
 */
function activeWire(
  call: Call,
  wiring: readonly Wire[],
  channelUuid: string,
  moment: Moment,
): Wire | undefined {
  const begun = wiring.filter((wire) => joins(wire, channelUuid) && !isBefore(moment, wire.moment));
  for (const wire of begun.toReversed()) {
    if (wire.until === undefined || isBefore(moment, wire.until)) return wire;
    const other = legOf(call, otherEnd(wire, channelUuid));
    if (other && !hasEndedAt(other, moment)) return undefined;
  }
  return undefined;
}

const otherEnd = (wire: Wire, channelUuid: string) => (wire.a === channelUuid ? wire.b : wire.a);

function spans(from: Moment | undefined, until: Moment | undefined, moment: Moment): boolean {
  return from !== undefined && !isBefore(moment, from) && (until === undefined || isBefore(moment, until));
}

function heardAt(call: Call, wiring: readonly Wire[], listener: Leg, moment: Moment): Heard {
  const wired = walkWires(call, wiring, listener, moment);
  const roommates = roommatesAt(call, listener, moment);
  const heard = [...wired, ...roommates]
    .filter((leg) => isAnsweredAt(leg, moment))
    .map((leg) => leg.channelUuid);
  return { heard: [...new Set(heard)], inRoom: wired.length === 0 && roommates.length > 0 };
}

/** Follows the bridge of the listener, through loopback pairs, to the real legs at the other end. */
function walkWires(call: Call, wiring: readonly Wire[], listener: Leg, moment: Moment): Leg[] {
  const visited = new Set([listener.channelUuid]);
  let at: Leg | undefined = listener;
  while (at) {
    const next: Leg | undefined = bridgedTo(call, wiring, at, moment);
    if (!next || visited.has(next.channelUuid)) return [];
    visited.add(next.channelUuid);
    if (next.origin.party.kind !== 'loopback') return [next];
    at = loopbackPeer(call, next);
    if (at) visited.add(at.channelUuid);
  }
  return [];
}

function bridgedTo(call: Call, wiring: readonly Wire[], leg: Leg, moment: Moment): Leg | undefined {
  const wire = activeWire(call, wiring, leg.channelUuid, moment);
  if (!wire) return undefined;
  const otherUuid = otherEnd(wire, leg.channelUuid);
  return activeWire(call, wiring, otherUuid, moment) === wire ? legOf(call, otherUuid) : undefined;
}

function loopbackPeer(call: Call, leg: Leg): Leg | undefined {
  const party = leg.origin.party;
  return call.legs.find(
    (other) =>
      other.origin.party.kind === 'loopback' &&
      ((party.kind === 'loopback' && other.channelUuid === party.peerUuid) ||
        other.origin.party.peerUuid === leg.channelUuid),
  );
}

function roommatesAt(call: Call, listener: Leg, moment: Moment): Leg[] {
  const rooms = roomVisits(call).filter((visit) => spans(visit.from, visit.until, moment));
  const own = rooms.filter((visit) => visit.channelUuid === listener.channelUuid).map((visit) => visit.room);
  return rooms
    .filter((visit) => visit.channelUuid !== listener.channelUuid && own.includes(visit.room))
    .map((visit) => legOf(call, visit.channelUuid))
    .filter((leg) => leg !== undefined);
}
