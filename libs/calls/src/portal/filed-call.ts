import { endOf, isOver, type Call } from '../call';
import { talkSeconds } from '../call-facts';
import { outcomeOf } from '../outcome';
import { isEmployee, isOutside, type Parties } from '../parties';
import { rungLegs, sentOnLegs } from '../ringing';
import { secondsOf, type Talk } from '../talks';
import { userOfLeg } from './card-holders';
import type { PortalStatusCode } from './outcome-table';
import type { PortalPolicy } from './portal-policy';
import { failedReason, portalStatusCode, rowOf, type EndedCall } from './status-code';

/** A call that is over, as the portal files it. */
export interface FiledCall {
  readonly userId: number;
  /** The person responsible for the client in the CRM takes his place, if there is one. */
  readonly ownerFirst: boolean;
  readonly durationSeconds: number;
  readonly statusCode: PortalStatusCode;
  readonly failedReason?: string;
}

/**
 * A call that was talked is final when the client is gone, though colleagues may talk on. One without a talk is final
 * only when every leg is: until then a second gateway, or the next in the queue, may still make it an answered call.
 */
export function isFinal(call: Call, talks: readonly Talk[]): boolean {
  if (isOver(call)) return true;
  return talks.length > 0 && call.legs.filter(isOutside).every((leg) => leg.ended);
}

/** How a final call is filed. */
export function fileCall(
  call: Call,
  parties: Parties,
  talks: readonly Talk[],
  policy: PortalPolicy,
): FiledCall {
  const talked = talks.length > 0;
  const ended = { call, parties, outcome: outcomeOf(call, parties) ?? 'answered', talked } as const;
  const end = call.mergedInto?.moment.at ?? endOf(call);
  return {
    ...responsibleFor(ended, talks, policy),
    // The portal takes whole seconds, and a talk of none for a missed call.
    durationSeconds: talked ? Math.max(1, Math.round(talkSeconds(talks, end))) : 0,
    statusCode: portalStatusCode(ended, policy.unanswered),
    failedReason: failedReason(ended),
  };
}

/** How the talk with a person is filed who has handed the client on. The next talk begins at `until`, epoch ms. */
export function fileTalk(userId: number, talks: readonly Talk[], until: number): FiledCall {
  const [first] = talks;
  const from = first?.from;
  const last = talks.at(-1)?.until;
  const seconds = from ? secondsOf({ from, until: last }, until) : 0;
  return { userId, ownerFirst: false, durationSeconds: Math.max(1, Math.round(seconds)), statusCode: '200' };
}

/**
 * Who talked last; else who dialled; else whose phone rang last or sent the caller on, or whom the line says; else the
 * default user.
 */
function responsibleFor(
  ended: EndedCall,
  talks: readonly Talk[],
  policy: PortalPolicy,
): Pick<FiledCall, 'userId' | 'ownerFirst'> {
  const { call, parties } = ended;
  const { responsible } = rowOf(ended);
  const missed = responsible === 'as-missed' ? policy.missed(parties.did).responsible : undefined;
  if (missed === 'default-user') return { userId: policy.defaultUserId, ownerFirst: false };
  const talkers = talks.flatMap((talk) => talk.partners.filter(isEmployee));
  const reached = [...rungLegs(call).reverse(), ...sentOnLegs(call).reverse()];
  const candidates = [...talkers.reverse(), parties.dialler, ...reached];
  const userId = candidates.map((leg) => userOfLeg(leg, policy)).find((known) => known !== undefined);
  return {
    userId: userId ?? call.click?.userId ?? policy.defaultUserId,
    ownerFirst: missed === 'entity-owner',
  };
}
