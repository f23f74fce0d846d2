import { callFacts, isOver, type Call, type Leg } from '@app/calls';
import type { Company } from '@app/testkit';
import { firstName, nameOfExtension } from '../../company/extensions';
import type { HeldCall } from '../../world/portal-holding';
import { safeText } from './safe-text';

/** What an employee's phone does. */
export type PhoneState = 'is called' | 'rings' | 'dials' | 'is on the phone' | 'holds' | 'is off';

/** One call as it is shown: our facts from the database, the cards and the filing from the portal. */
export interface LiveCall {
  readonly callId: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Number and name of the client; of an internal call who dialled. */
  readonly who: string;
  /** The company's number that was called; who was called in an internal call. */
  readonly to: string;
  /** First names, in the order in which the phones came into the call. */
  readonly phones: readonly { readonly name: string; readonly state: PhoneState }[];
  readonly cards: readonly { readonly name: string; readonly key: string; readonly isOpen: boolean }[];
  /** How it ended; undefined while it goes on. */
  readonly end?: string;
  readonly filed?: string;
  readonly recording?: string;
}

/** Joins what the database says of calls with what the portal holds of them, oldest call first. */
export function liveCalls(calls: readonly Call[], held: readonly HeldCall[], company: Company): LiveCall[] {
  const byCallId = new Map(held.map((call) => [call.callId, call]));
  return calls
    .filter((call) => call.mergedInto === undefined)
    .map((call) => ({ ...fromCall(call, company), ...fromPortal(byCallId.get(call.callId), company) }))
    .sort((a, b) => a.startedAt - b.startedAt);
}

function fromCall(call: Call, company: Company): Omit<LiveCall, 'cards' | 'filed' | 'recording'> {
  const { direction, externalNumber, externalName, did, extension, ...facts } = callFacts(call, Date.now());
  const colleague = extension === undefined ? '' : nameOfExtension(company, extension);
  const number = externalNumber ?? 'unknown';
  // Most trunks give the number once more instead of a name.
  const client = safeText(`${number} ${externalName === number ? '' : (externalName ?? '')}`);
  const called = facts.ringingExtensions.map((rung) => nameOfExtension(company, rung));
  return {
    callId: call.callId,
    startedAt: call.started.at,
    who: direction === 'inbound' ? client : colleague,
    to: { inbound: safeText(did ?? ''), outbound: client, internal: called.join(', ') }[direction],
    phones: call.legs.flatMap((leg) => phoneOf(leg, company)),
    ...(isOver(call) && { end: `${facts.outcome ?? 'over'}${spoken(facts.talkSeconds)}` }),
  };
}

function fromPortal(
  held: HeldCall | undefined,
  company: Company,
): Pick<LiveCall, 'cards' | 'filed' | 'recording'> {
  const [row] = held?.rows ?? [];
  return {
    cards: (held?.cards ?? []).map(({ userId, shownAt, hiddenAt }) => ({
      name: firstName(company, userId),
      key: `${userId} ${shownAt}`,
      isOpen: hiddenAt === undefined,
    })),
    ...(row && { filed: `${row.statusCode}${spoken(row.seconds)}, ${firstName(company, row.userId)}` }),
    ...(held?.recording && { recording: `${held.recording.seconds?.toFixed(1) ?? '?'} s` }),
  };
}

function spoken(seconds: number): string {
  return seconds > 0 ? ` ${Math.round(seconds)} s` : '';
}

function phoneOf(leg: Leg, company: Company): LiveCall['phones'] {
  const { party } = leg.origin;
  return party.kind === 'employee'
    ? [{ name: nameOfExtension(company, party.extension), state: stateOf(leg) }]
    : [];
}

function stateOf(leg: Leg): PhoneState {
  if (leg.ended) return 'is off';
  if (leg.held && leg.held.at > (leg.resumed?.at ?? 0)) return 'holds';
  if (leg.answered) return 'is on the phone';
  if (leg.origin.direction === 'inbound') return 'dials';
  return leg.rang ? 'rings' : 'is called';
}
