import { legOf, type Call, type Leg } from './call';
import { compareMoments, earliest, isBefore, type Moment } from './moment';
import { extensionOf, isEmployee, partiesOf, type Parties } from './parties';
import { hearingsOf } from './sound';
import { talksOf } from './talks';

/** One talk between two people, as people count it: with the client, or a consultation before a transfer. */
export interface TalkPart {
  readonly extension: string;
  /** The colleague in a consultation; absent when the talk was with the client. */
  readonly with?: string;
  readonly consultation?: true;
  readonly from: Moment;
  readonly until?: Moment;
}

/**
 * Talks of two people, in order. The client waits while his partner consults a colleague, so such a part ends when the
 * partner put him on hold or dialled the colleague. Conference rooms have no parts.
 */
export function talkPartsOf(call: Call, parties: Parties = partiesOf(call)): TalkPart[] {
  const consultations = consultationsOf(call, parties);
  const withClient = talksOf(call, parties)
    .filter((talk) => !talk.inRoom)
    .flatMap((talk) => talk.partners.flatMap((partner) => clientParts(partner, talk, consultations)));
  const asked = consultations.map(({ extension, colleague, from, until }) => ({
    extension,
    ...withColleague(colleague),
    from,
    until,
  }));
  return [...withClient, ...asked].filter(isTalk).sort((a, b) => compareMoments(a.from, b.from));
}

interface Consultation {
  readonly extension: string;
  readonly colleague: Leg;
  readonly from: Moment;
  readonly until?: Moment;
}

/** While it re-plugs the legs of a transfer, the switch bridges old partners for a few milliseconds. */
const SHORTEST_TALK_MS = 200;

function isTalk(part: TalkPart): boolean {
  return part.until === undefined || part.until.at - part.from.at >= SHORTEST_TALK_MS;
}

function withColleague(colleague: Leg) {
  const extension = extensionOf(colleague);
  return extension === undefined ? {} : { with: extension, consultation: true as const };
}

/** A talk with the client, without the stretches in which the partner went to ask somebody. */
function clientParts(
  partner: Leg,
  talk: { from: Moment; until?: Moment },
  consultations: readonly Consultation[],
): TalkPart[] {
  const extension = extensionOf(partner);
  if (extension === undefined) return [];
  const asking = consultations.find(
    (c) =>
      c.extension === extension &&
      isBefore(talk.from, c.from) &&
      !(talk.until && isBefore(talk.until, c.from)),
  );
  if (!asking) return [{ extension, from: talk.from, until: talk.until }];
  const left = earliest(asking.colleague.created, holdBefore(asking, partner, talk.from));
  const back = asking.until && (!talk.until || isBefore(asking.until, talk.until)) ? asking.until : undefined;
  const before = { extension, from: talk.from, until: earliest(left, talk.until) };
  return back
    ? [before, ...clientParts(partner, { from: back, until: talk.until }, consultations)]
    : [before];
}

/** When the partner put the client on hold to ask; a hold that he took back before was for something else. */
function holdBefore({ from }: Consultation, { held, resumed }: Leg, talkFrom: Moment): Moment | undefined {
  if (!held || isBefore(held, talkFrom) || isBefore(from, held)) return undefined;
  return resumed && isBefore(held, resumed) && isBefore(resumed, from) ? undefined : held;
}

/** Talks between colleagues in a call that has a client. Heard from both ends; the older leg is the one who asks. */
function consultationsOf(call: Call, parties: Parties): Consultation[] {
  if (parties.direction === 'internal') return [];
  return call.legs.filter(isEmployee).flatMap((leg) =>
    hearingsOf(call, leg.channelUuid).flatMap(({ from, until, heard, inRoom }) => {
      const colleague = inRoom ? undefined : legOf(call, heard[0] ?? '');
      const extension = extensionOf(leg);
      if (!colleague || !isEmployee(colleague) || extension === undefined) return [];
      return call.legs.indexOf(colleague) < call.legs.indexOf(leg)
        ? []
        : [{ extension, colleague, from, until }];
    }),
  );
}
