import { legOf, type Call, type Leg, type Transfer } from './call';
import { isBefore, type Moment } from './moment';
import { extensionOf, partiesOf, type Parties } from './parties';
import { roomVisits } from './rooms';
import { hearingsOf } from './sound';
import { talksOf, type Talk } from './talks';

/** A client handed on from one person to another. */
export interface TransferFact {
  readonly kind: 'blind' | 'attended';
  /** The extension that transferred, or `api` when neither phone did. */
  readonly by: string;
  readonly to: string;
  /** Whether the client talked to somebody after it. */
  readonly answered: boolean;
  readonly at: Moment;
}

/** The transfers of the client, in order. */
export function transfersOf(call: Call, parties: Parties = partiesOf(call)): TransferFact[] {
  const talks = talksOf(call, parties);
  if (parties.direction === 'internal' || talks.length === 0) return [];
  const blind = blindTransfers(call, parties, talks);
  const attended = attendedTransfers(call, parties, talks);
  return [...blind, ...attended].sort((a, b) => a.at.at - b.at.at);
}

/**
 * The switch writes down every transfer of a channel, the dial plan's own `transfer` too. One that ends no talk is
 * routing (before the first talk, or after the partner has hung up); one into a parking slot or a conference room moves
 * nobody to another person.
 */
function blindTransfers(call: Call, parties: Parties, talks: readonly Talk[]): TransferFact[] {
  const left = call.transfers.filter(
    (transfer) => movesClient(call, parties, transfer) && !isSidestep(call, transfer),
  );
  return talks.flatMap((talk, index) => {
    const [partner] = talk.partners;
    const found = left.findIndex((transfer) => endsTalk(transfer, talk) && !hungUpBefore(partner, transfer));
    const [transfer] = found < 0 ? [] : left.splice(found, 1);
    if (!transfer) return [];
    const by = transfer.referredBy ?? initiatorOf(partner);
    const answered = index < talks.length - 1;
    return [{ kind: 'blind' as const, by, to: transfer.to, answered, at: transfer.moment }];
  });
}

/** Of a client who was put through by a loopback, its inner half is what goes through the dial plan for him. */
function movesClient(call: Call, { principal }: Parties, { channelUuid }: Transfer): boolean {
  if (channelUuid === principal?.channelUuid) return true;
  const { party, direction } = legOf(call, channelUuid)?.origin ?? {};
  return party?.kind === 'loopback' && direction === 'inbound';
}

/** One written down before the talk began, or to him who talks, is what brought the client there. */
function endsTalk(transfer: Transfer, { from, until, partners }: Talk): boolean {
  const isBefore = transfer.moment.at < Math.floor(from.at / SECOND) * SECOND;
  return (
    until !== undefined &&
    !isBefore &&
    followsAtOnce(until, transfer) &&
    extensionOf(partners[0]) !== transfer.to
  );
}

/**
 * The switch writes transfers down in whole seconds, cut off; what they cause is seen within a second. The clock of its
 * events is a little behind (20 ms and more): a new second may have begun when the transfer is written down.
 */
function followsAtOnce(moment: Moment, transfer: Transfer): boolean {
  const delay = moment.at - transfer.moment.at;
  return delay > -CLOCK_LAG_MS && delay < 2 * SECOND;
}

const CLOCK_LAG_MS = 250;
const SECOND = 1000;

/** The partner put the receiver down, and the dial plan then sent the client on (a survey, a menu). */
function hungUpBefore(partner: Leg | undefined, transfer: Transfer): boolean {
  return (
    partner?.ended?.endedBy === 'phone' && !partner.ended.transferredAway && transfer.referredBy === undefined
  );
}

function isSidestep(call: Call, transfer: Transfer): boolean {
  const parked = legOf(call, transfer.channelUuid)?.parked ?? [];
  const visits = roomVisits(call).filter((visit) => visit.channelUuid === transfer.channelUuid);
  return (
    parked.some(({ slot, moment }) => slot === transfer.to || followsAtOnce(moment, transfer)) ||
    visits.some(({ room, from }) => isRoomOf(room, transfer.to) || followsAtOnce(from, transfer))
  );
}

/** Conference names carry the domain behind the dialled room: `3001-example.com`. */
function isRoomOf(room: string, dialled: string): boolean {
  return room === dialled || room.startsWith(`${dialled}-`) || room.startsWith(`${dialled}@`);
}

/** Applications that FreeSWITCH's example feature codes run on the leg of the person who transfers. */
const FEATURE_CODE_APPLICATIONS = new Set(['transfer', 'execute_extension', 'read']);

/** A REFER leaves its mark on the leg that sent it, and a feature code its application; the API leaves neither. */
function initiatorOf(partner: Leg | undefined): string {
  const { transferredAway, lastApplication } = partner?.ended ?? {};
  const acted = transferredAway === true || FEATURE_CODE_APPLICATIONS.has(lastApplication ?? '');
  return (acted ? extensionOf(partner) : undefined) ?? 'api';
}

/** A consultation between two colleagues, after which the client talks with the one who was asked. */
function attendedTransfers(call: Call, parties: Parties, talks: readonly Talk[]): TransferFact[] {
  return talks.slice(1).flatMap((talk, index) => {
    const taker = talk.partners[0];
    const to = extensionOf(taker);
    const giver = extensionOf(talks[index]?.partners[0]);
    if (!taker || !to || !giver || giver === to || talk.inRoom) return [];
    const consulted = hearingsOf(call, taker.channelUuid).some(
      (hearing) =>
        isBefore(hearing.from, talk.from) &&
        hearing.heard.some(
          (uuid) => uuid !== parties.principal?.channelUuid && extensionOf(legOf(call, uuid)) === giver,
        ),
    );
    return consulted ? [{ kind: 'attended' as const, by: giver, to, answered: true, at: talk.from }] : [];
  });
}
