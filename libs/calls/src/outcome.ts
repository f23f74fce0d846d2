import { isOver, type Call, type Leg } from './call';
import type { ClickEnd } from './clicks/click';
import { isEmployee, isOutside, partiesOf, type Parties } from './parties';
import { talksOf } from './talks';

/**
 * How a call ended, in the words of the people who look at it:
 * `answered` a person talked; `missed` phones rang, or the client waited in a menu or queue, and nobody came;
 * `busy`, `declined` the phones called refused so; `cancelled` the dialling employee gave up; `no-answer` the client
 * did not lift; `agent-no-answer`, `agent-declined` the employee did not take his own click-to-call;
 * `failed` it never got as far as a ringing phone; `lost` nobody saw the end (the switch died).
 */
export type Outcome =
  | 'answered'
  | 'missed'
  | 'busy'
  | 'declined'
  | 'failed'
  | 'no-answer'
  | 'cancelled'
  | 'agent-no-answer'
  | 'agent-declined'
  | 'lost';

/** How the call ended; undefined while it goes on. */
export function outcomeOf(call: Call, parties: Parties = partiesOf(call)): Outcome | undefined {
  if (!isOver(call)) return undefined;
  if (call.legs.some((leg) => leg.ended?.lost && isOfPrincipal(leg, parties))) return 'lost';
  if (talksOf(call, parties).length > 0) return 'answered';
  return parties.direction === 'outbound' ? outboundOutcome(call, parties) : unansweredOutcome(call, parties);
}

/** The end of a call is known when the end of its client is; a colleague's lost leg does not make it a lost call. */
function isOfPrincipal(leg: Leg, parties: Parties): boolean {
  return leg.channelUuid === (parties.principal ?? parties.dialler)?.channelUuid;
}

/** The leg whose refusal explains the call: the last one that was called and refused. */
export function decisiveLeg(call: Call, parties: Parties = partiesOf(call)): Leg | undefined {
  if (parties.direction === 'outbound') return parties.principal ?? parties.dialler;
  const called = call.legs.filter(
    (leg) => leg.origin.direction === 'outbound' && leg.ended && !isBystander(leg),
  );
  return called.at(-1) ?? parties.principal;
}

/** Causes of legs that were given up because something else happened: they explain nothing. */
const BYSTANDER_CAUSES = new Set([
  'LOSE_RACE',
  'PICKED_OFF',
  'REDIRECTION_TO_NEW_DESTINATION',
  'ATTENDED_TRANSFER',
]);

function isBystander(leg: Leg): boolean {
  return leg.origin.party.kind === 'loopback' || BYSTANDER_CAUSES.has(leg.ended?.hangupCause ?? '');
}

function unansweredOutcome(call: Call, parties: Parties): Outcome {
  if (call.legs.some((leg) => leg.ended?.hangupCause === 'SYSTEM_SHUTDOWN')) return 'failed';
  // A phone that rang and did not refuse was there to be answered: the call was missed, whatever others did.
  if (call.legs.some((leg) => rangAsPhone(leg) && !refusal(leg))) return 'missed';
  const refusals = call.legs.map(refusal).filter((verdict) => verdict !== undefined);
  if (refusals.includes('busy')) return 'busy';
  if (refusals.includes('declined')) return 'declined';
  // Answered by a menu, a queue or an announcement, or given up by the caller: he waited and nobody came.
  const caller = parties.principal;
  const waited = caller?.answered !== undefined || caller?.ended?.hangupCause === 'ORIGINATOR_CANCEL';
  return waited ? 'missed' : 'failed';
}

/** Also a mobile that the call was forwarded to. */
function rangAsPhone(leg: Leg): boolean {
  return (
    leg.rang !== undefined && leg.origin.direction === 'outbound' && leg.origin.party.kind !== 'loopback'
  );
}

function outboundOutcome(call: Call, parties: Parties): Outcome {
  const { principal, dialler, clickToCall } = parties;
  if (call.click?.ended && call.legs.length === 0) return outcomeOfClick(call.click.ended);
  if (clickToCall && dialler && !dialler.answered) {
    return refusal(dialler) ? 'agent-declined' : 'agent-no-answer';
  }
  const client = principal ?? dialler;
  const refused = client && refusal(client);
  if (refused) return refused;
  switch (client?.ended?.hangupCause) {
    case 'ORIGINATOR_CANCEL':
      return 'cancelled';
    case 'NO_ANSWER':
    case 'ALLOTTED_TIMEOUT':
      return 'no-answer';
    default:
      return client?.rang && hungUpByDialler(dialler) ? 'cancelled' : 'failed';
  }
}

/** No phone was called: it came too late, nobody saw what became of it, or something stood in its way. */
function outcomeOfClick({ trouble }: ClickEnd): Outcome {
  if (trouble === 'lost') return 'lost';
  return trouble === 'stale' ? 'cancelled' : 'failed';
}

/** A click-to-call that the employee, already on the line, gave up while the client's phone rang. */
function hungUpByDialler(dialler: Leg | undefined): boolean {
  return dialler?.ended?.endedBy === 'phone';
}

/**
 * Whether a called leg refused by itself. FreeSWITCH says CALL_REJECTED for 603 but also for 401, 402, 403 and 407,
 * which are the network's words and not a person's (freeswitch-facts, section 6).
 */
function refusal(leg: Leg): 'busy' | 'declined' | undefined {
  if (leg.origin.direction === 'inbound' || !(isEmployee(leg) || isOutside(leg))) return undefined;
  const { hangupCause, sipStatus } = leg.ended ?? {};
  if (hangupCause === 'USER_BUSY') return 'busy';
  if (hangupCause === 'CALL_REJECTED' && (sipStatus === undefined || sipStatus >= 600)) return 'declined';
  return undefined;
}
