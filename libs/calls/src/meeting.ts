import type { Call, Leg } from './call';
import { isBefore, latest, type Moment } from './moment';
import type { ChannelOrigin } from './observation';
import { roomVisits, type RoomVisit } from './rooms';

/** Of two calls that meet, the one that began first gives its name to both. */
export function isOlder(a: Call, b: Call): boolean {
  return isBefore(a.started, b.started) || (!isBefore(b.started, a.started) && a.callId < b.callId);
}

/** Whether a leg of the one was in a conference room together with a leg of the other. */
export function sharedRoom(one: Call, other: Call): boolean {
  return roomVisits(one).some((visit) =>
    roomVisits(other).some((stay) => stay.room === visit.room && overlap(stay, visit)),
  );
}

function overlap(a: RoomVisit, b: RoomVisit): boolean {
  return !(a.until && !isBefore(b.from, a.until)) && !(b.until && !isBefore(a.from, b.until));
}

/** Two clients who meet in a conference room are two calls, each to be filed with its own client. */
export function bothHaveClients(one: Call, other: Call, moment: Moment): boolean {
  const isClient = (leg: Leg) => leg.origin.party.kind === 'outside' && isBefore(leg.created, moment);
  return one.legs.some(isClient) && other.legs.some(isClient);
}

/** Who calls in begins a call of his own: of one call, only the first leg came in by itself. */
export function isAnotherCaller(call: Call, origin: ChannelOrigin): boolean {
  return cameIn(origin) && call.legs.some((leg) => cameIn(leg.origin));
}

function cameIn({ direction, party }: ChannelOrigin): boolean {
  return direction === 'inbound' && party.kind !== 'loopback';
}

/** The latest moment of which the call knows anything. */
export function lastKnownMoment(call: Call): Moment {
  const moments = [
    ...call.legs.flatMap(momentsOfLeg),
    ...[...call.bridges, ...call.unbridges, ...call.rooms].map(({ moment }) => moment),
    ...call.recordings.flatMap(({ started, stopped }) => [started, stopped]),
  ];
  return moments.reduce<Moment>((last, moment) => latest(last, moment) ?? last, call.started);
}

function momentsOfLeg({ created, rang, answered, held, resumed, ended }: Leg): (Moment | undefined)[] {
  return [created, rang, answered, held, resumed, ended?.moment];
}
