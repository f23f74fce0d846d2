import type { Call, Leg } from './call';
import { outcomeOf, type Outcome } from './outcome';
import { extensionOf, isEmployee, partiesOf, type CallDirection, type Parties } from './parties';
import { recordingFiles } from './recordings';
import { rungExtensions } from './ringing';
import { talkPartsOf } from './talk-parts';
import { secondsOf, talksOf, type Talk } from './talks';
import { transfersOf, type TransferFact } from './transfers';

/** Who ended a talk: the person at one of its ends, or nobody on a phone. */
export type HungUpBy = 'caller' | 'customer' | 'agent' | 'api' | 'switch';

/** What there is to know of a call, computed from its facts. */
export interface CallFacts {
  readonly direction: CallDirection;
  readonly clickToCall: boolean;
  readonly externalNumber?: string;
  readonly externalName?: string;
  readonly did?: string;
  /** The employee who dialled, in an outbound or internal call. */
  readonly extension?: string;
  /** In the order in which they rang. */
  readonly ringingExtensions: readonly string[];
  /** Who answered first, in a click-to-call the employee who took his own call. */
  readonly answeredByExtension?: string;
  /** From the first answer by a person to the end of the client's talk, transfers included; seconds. */
  readonly talkSeconds: number;
  readonly outcome?: Outcome;
  readonly hungUpBy?: HungUpBy;
  readonly transfers: readonly TransferFact[];
  readonly talkParts: readonly { extension: string; with?: string; consultation?: true; seconds: number }[];
  readonly recordingFiles: readonly string[];
}

/**
 * The facts of a call.
 *
 * @param now epoch in ms: the end of what still goes on.
 */
export function callFacts(call: Call, now: number): CallFacts {
  const parties = partiesOf(call);
  const talks = talksOf(call, parties);
  const outcome = outcomeOf(call, parties);
  return {
    direction: parties.direction,
    clickToCall: parties.clickToCall,
    externalNumber: parties.externalNumber,
    externalName: parties.externalName,
    did: parties.did,
    extension: extensionOf(parties.dialler),
    ringingExtensions: rungExtensions(call),
    answeredByExtension: answeredBy(parties, talks),
    talkSeconds: talkSeconds(talks, now),
    outcome,
    hungUpBy: outcome === 'answered' ? hungUpBy(parties, talks) : undefined,
    transfers: transfersOf(call, parties),
    talkParts: talkPartsOf(call, parties).map(({ extension, with: colleague, consultation, ...stretch }) => ({
      extension,
      ...(colleague && { with: colleague, consultation }),
      seconds: secondsOf(stretch, now),
    })),
    recordingFiles: recordingFiles(call),
  };
}

/** From the first answer by a person to the end of the last talk, in seconds. */
export function talkSeconds(talks: readonly Talk[], now: number): number {
  const [first] = talks;
  const last = talks.at(-1);
  return first && last ? secondsOf({ from: first.from, until: last.until }, now) : 0;
}

function answeredBy(parties: Parties, talks: readonly Talk[]): string | undefined {
  if (parties.direction === 'outbound') {
    return parties.clickToCall && parties.dialler?.answered ? extensionOf(parties.dialler) : undefined;
  }
  return extensionOf(talks[0]?.partners.find(isEmployee));
}

/** `sip_hangup_disposition` tells at which phone a BYE came in; a call killed over the API has none on either leg. */
function hungUpBy(parties: Parties, talks: readonly Talk[]): HungUpBy | undefined {
  const { principal, direction } = parties;
  const partners = talks.at(-1)?.partners ?? [];
  if (principal?.ended?.hangupCause === 'SYSTEM_SHUTDOWN') return 'switch';
  if (principal?.ended?.endedBy === 'phone') return direction === 'outbound' ? 'customer' : 'caller';
  if (partners.some((leg) => leg.ended?.transferredAway)) return undefined;
  if (partners.some((leg) => leg.ended?.endedBy === 'phone')) return 'agent';
  return outlivedTalk(principal, talks) ? 'switch' : 'api';
}

/** The client stayed on the line after the last talk, for example in a transfer that nobody took. */
function outlivedTalk(principal: Leg | undefined, talks: readonly Talk[]): boolean {
  const talkEnd = talks.at(-1)?.until?.at;
  const end = principal?.ended?.moment.at;
  return talkEnd !== undefined && end !== undefined && end - talkEnd >= 1000;
}
