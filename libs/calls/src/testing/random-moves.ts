import type { Phone, RandomSwitch } from './random-switch';
import { CLIENT_NUMBER } from './story';

/** Something that may happen now; the number decides its details. */
type Move = (die: number) => void;

const MOST_CALLERS = 3;
const REFUSALS = ['NO_ANSWER', 'USER_BUSY', 'CALL_REJECTED', 'ALLOTTED_TIMEOUT', 'NORMAL_TEMPORARY_FAILURE'];
const extension = (die: number) => String(1001 + (die % 4));

/** All that may happen next on a switch. */
export function movesOf(fs: RandomSwitch): Move[] {
  const callers = fs.alive((phone) => phone.root === phone.leg);
  return [
    ...(callers.length < MOST_CALLERS ? arrivals(fs) : []),
    ...callers.filter(isFree).flatMap((caller) => [...dialling(fs, caller), ...meeting(fs, caller)]),
    ...fs
      .alive((phone) => phone.root !== phone.leg && !phone.answered)
      .flatMap((phone) => ringing(fs, phone)),
    ...fs
      .alive((phone) => phone.partner !== undefined && phone.answered)
      .flatMap((phone) => talking(fs, phone)),
    ...fs.alive((phone) => phone.room !== undefined).map((phone) => () => leaveRoom(fs, phone)),
    ...fs.alive().map((phone) => () => fs.end(phone, 'NORMAL_CLEARING', { endedBy: 'phone' })),
  ];
}

const isFree = (phone: Phone) => phone.partner === undefined && phone.room === undefined;

function arrivals(fs: RandomSwitch): Move[] {
  const clientCalls: Move = () => {
    const leg = fs.name('client');
    fs.story.comesIn(leg);
    fs.add(leg, 'client');
  };
  const employeeDials: Move = (die) => {
    const leg = fs.name(extension(die));
    fs.story.phones(leg, die % 2 ? CLIENT_NUMBER : '1002');
    fs.add(leg, 'employee');
  };
  const click: Move = (die) => {
    const leg = fs.name(extension(die));
    fs.story.originates(leg).rings(leg);
    fs.answer(fs.add(leg, 'employee'));
  };
  return [clientCalls, clientCalls, employeeDials, click];
}

function dialling(fs: RandomSwitch, caller: Phone): Move[] {
  const dial = (base: string, kind: Phone['kind']) => {
    const leg = fs.name(base);
    fs.story.dialsFor(leg, { linkedTo: [caller.leg] });
    fs.add(leg, kind, { root: caller.leg });
  };
  const menu: Move = () => fs.answer(caller);
  const record: Move = () => {
    if (caller.recording || !caller.answered) return;
    caller.recording = `/recordings/${fs.name(caller.leg)}.wav`;
    fs.story.records(caller.leg, caller.recording);
  };
  return [
    (die) => dial(extension(die), 'employee'),
    (die) => dial(extension(die), 'employee'),
    () => dial('gateway', 'outside'),
    caller.kind === 'client' ? menu : record,
    record,
    () => fs.story.asksWhoCalls(caller.leg),
  ];
}

/** Ways in which one call meets another: a colleague takes who rings elsewhere or is parked; two callers are joined. */
function meeting(fs: RandomSwitch, caller: Phone): Move[] {
  const pickUp: Move = (die) => {
    const leg = fs.name(extension(die));
    fs.story.phones(leg, '*8').wait(0.1);
    const colleague = fs.add(leg, 'employee');
    fs.answer(colleague, caller);
    fs.bridge(colleague, caller);
    for (const rival of rivals(fs, caller.leg)) fs.end(rival, 'PICKED_OFF');
  };
  const join: Move = (die) => {
    const other = fs.alive((phone) => phone.root === phone.leg && phone !== caller && isFree(phone))[0];
    if (!other || die % 2) return;
    fs.answer(caller, other);
    fs.bridge(caller, other);
  };
  return [pickUp, join];
}

const rivals = (fs: RandomSwitch, root: string) =>
  fs.alive((phone) => phone.root === root && phone.leg !== root && !phone.answered);

function ringing(fs: RandomSwitch, phone: Phone): Move[] {
  const caller = fs.phone(phone.askedBy ?? phone.root);
  const isWaiting = caller !== undefined && (phone.askedBy !== undefined || isFree(caller));
  const take: Move = () => {
    if (!caller || !isWaiting) return;
    fs.answer(phone, caller);
    const others = phone.askedBy === undefined ? rivals(fs, phone.root) : [];
    fs.bridge(caller, phone);
    for (const rival of others) fs.end(rival, 'LOSE_RACE');
  };
  const earlyMedia: Move = () => {
    if (caller && isWaiting && phone.kind === 'outside')
      fs.story.rings(phone.leg).bridges(caller.leg, phone.leg);
  };
  return [
    () => fs.story.rings(phone.leg),
    take,
    take,
    earlyMedia,
    () => fs.answer(phone),
    (die) => fs.end(phone, REFUSALS[die % REFUSALS.length] ?? 'NO_ANSWER', { endedBy: 'phone' }),
  ];
}

function talking(fs: RandomSwitch, phone: Phone): Move[] {
  const partner = fs.phone(phone.partner);
  if (!partner) return [];
  const hangUp: Move = (die) => {
    const stays = partner.kind === 'client' && die % 2 === 0;
    fs.end(phone, 'NORMAL_CLEARING', { endedBy: 'phone' });
    if (!stays) fs.end(partner, 'NORMAL_CLEARING', { endedBy: 'switch' });
  };
  if (partner.askedBy === phone.leg) return asking(fs, phone, partner);
  if (phone.kind !== 'employee' || partner.kind === 'employee') return [hangUp];
  return [hangUp, () => hold(fs, phone), ...handingOn(fs, phone, partner)];
}

function hold(fs: RandomSwitch, phone: Phone): void {
  fs.story.holds(phone.leg).wait(2).resumes(phone.leg);
}

/** What an employee may do with the client he talks to. */
function handingOn(fs: RandomSwitch, phone: Phone, client: Phone): Move[] {
  const blind: Move = (die) => {
    fs.story.isTransferred(client.leg, extension(die), die % 2 ? phone.leg.slice(0, 4) : undefined);
    fs.unbridge(client, die % 3 > 0);
    fs.end(phone, 'NORMAL_CLEARING', { transferredAway: true });
  };
  const park: Move = () => {
    fs.story.isTransferred(client.leg, '6001');
    fs.unbridge(client);
    fs.end(phone, 'NORMAL_CLEARING', { endedBy: 'switch' });
    fs.story.parks(client.leg, '6001');
  };
  const ask: Move = (die) => {
    const leg = fs.name(extension(die));
    fs.story.dialsFor(leg, { linkedTo: [phone.leg] });
    fs.add(leg, 'employee', { root: client.root, askedBy: phone.leg });
  };
  const conference: Move = () => {
    fs.unbridge(client);
    for (const member of [client, phone]) enterRoom(fs, member, `room-of-${client.leg}`);
    const colleague = fs.add(fs.name('1004'), 'employee');
    fs.story.phones(colleague.leg, '3001');
    fs.answer(colleague);
    enterRoom(fs, colleague, `room-of-${client.leg}`);
  };
  return [blind, park, ask, ask, conference];
}

/** The end of a consultation: the colleague takes the client over, or the client is taken back. */
function asking(fs: RandomSwitch, phone: Phone, asked: Phone): Move[] {
  const [client] = fs.alive((other) => other.partner === phone.leg && other !== asked);
  const handOver: Move = () => {
    fs.end(phone, 'NORMAL_CLEARING', { endedBy: 'phone' });
    if (client) fs.bridge(asked, client);
  };
  const takeBack: Move = () => {
    fs.end(asked, 'NORMAL_CLEARING', { endedBy: 'phone' });
    phone.partner = client?.leg;
  };
  return [handOver, handOver, takeBack];
}

function enterRoom(fs: RandomSwitch, phone: Phone, room: string): void {
  fs.story.enters(phone.leg, room);
  phone.room = room;
}

function leaveRoom(fs: RandomSwitch, phone: Phone): void {
  if (phone.room) fs.story.leaves(phone.leg, phone.room);
  phone.room = undefined;
}
