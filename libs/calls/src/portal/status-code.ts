import type { Call, Leg } from '../call';
import { decisiveLeg, type Outcome } from '../outcome';
import type { Parties } from '../parties';
import { outcomeRow, type OutcomeRow, type PortalStatusCode } from './outcome-table';

/** A call that is over, as the outcome table is asked about it. */
export interface EndedCall {
  readonly call: Call;
  readonly parties: Parties;
  readonly outcome: Outcome;
  readonly talked: boolean;
}

/** The row of the outcome table for a call that is over. */
export function rowOf({ call, parties, outcome, talked }: EndedCall): OutcomeRow {
  const { direction } = parties;
  const { ended } = call.click ?? {};
  // No phone was called: there is no leg that could have decided.
  if (ended && call.legs.length === 0) {
    const { trouble, hangupCause } = ended;
    return outcomeRow({ direction, talked, outcome, trouble, hangupCause });
  }
  const { hangupCause, sipStatus } = decisiveLeg(call, parties)?.ended ?? {};
  return outcomeRow({ direction, talked, outcome, hangupCause, sipStatus });
}

/**
 * The portal's word for how a call ended.
 *
 * @param unanswered what an unanswered inbound call is: `missed` whatever the cause, or `exact`
 */
export function portalStatusCode(ended: EndedCall, unanswered: 'missed' | 'exact'): PortalStatusCode {
  const { statusCode, exactCode } = rowOf(ended);
  return unanswered === 'exact' ? (exactCode ?? statusCode) : statusCode;
}

/** Why an unanswered call was not answered, for people: the outcome, and the switch's own words. */
export function failedReason({ call, parties, outcome, talked }: EndedCall): string | undefined {
  if (talked) return undefined;
  const { ended } = call.click ?? {};
  if (ended && call.legs.length === 0) return [ended.trouble, ended.hangupCause].filter(Boolean).join(': ');
  const { hangupCause, sipStatus } = decisiveLeg(call, parties)?.ended ?? {};
  // The switch clears a caller normally after nobody came (freeswitch-facts, section 1.1): that explains nothing.
  const cause = hangupCause === 'NORMAL_CLEARING' ? undefined : hangupCause;
  const sip = sipStatus === undefined ? undefined : `SIP ${sipStatus}`;
  const words = [...queueWords(parties.principal), cause, sip].filter((word) => word !== undefined);
  return words.length === 0 ? outcome : `${outcome}: ${words.join(', ')}`;
}

/** The queue that the client waited in last, and the switch's word for why he left it. */
function queueWords(client: Leg | undefined): (string | undefined)[] {
  const last = client?.queued?.at(-1);
  return last ? [`queue ${last.queue}`, last.left || undefined] : [];
}
