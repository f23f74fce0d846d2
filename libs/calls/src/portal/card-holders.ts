import type { Call, Leg } from '../call';
import { isBefore } from '../moment';
import { isEmployee, isOutside, type Parties } from '../parties';
import { talksOf, type Talk } from '../talks';
import type { PortalPolicy } from './portal-policy';

/**
 * The users who must see the card now, in the order in which the call came to them. A card is true for:
 * - whose phone rings, until somebody talks (then for whoever's phone rings after that: a transfer);
 * - who talks with the client, and who last did while his phone is still in the call (hold, consultation);
 * - who dialled, from the moment the outside is dialled; in a click-to-call from his own phone's ring.
 */
export function cardHolders(call: Call, parties: Parties, policy: PortalPolicy): number[] {
  const talks = talksOf(call, parties);
  const users = call.legs
    .filter((leg) => isEmployee(leg) && !leg.ended && concerns(leg, call, parties, talks))
    .map((leg) => ({ leg, userId: userOfLeg(leg, policy) }))
    .filter(({ leg, userId }) => userId !== undefined && allows(policy, userId, leg, talks))
    .map(({ userId }) => userId)
    .filter((userId) => userId !== undefined);
  return [...new Set(users)];
}

/** The portal user at the far end of a leg, if the portal knows his internal number. */
export function userOfLeg(leg: Leg | undefined, policy: PortalPolicy): number | undefined {
  const party = leg?.origin.party;
  return party?.kind === 'employee' ? policy.userOf(party.extension, party.domain) : undefined;
}

function concerns(leg: Leg, call: Call, parties: Parties, talks: readonly Talk[]): boolean {
  const lastTalk = talks.at(-1);
  if (lastTalk && isPartner(leg, lastTalk)) return true;
  if (leg.channelUuid === parties.dialler?.channelUuid) return dialsNow(leg, call, parties) && !lastTalk;
  if (leg.origin.direction === 'inbound') return false;
  const reached = leg.rang ?? leg.answered;
  return reached !== undefined && (!lastTalk || !isBefore(reached, lastTalk.from));
}

function isPartner(leg: Leg, talk: Talk): boolean {
  return talk.partners.some((partner) => partner.channelUuid === leg.channelUuid);
}

function dialsNow(dialler: Leg, call: Call, parties: Parties): boolean {
  if (parties.direction !== 'outbound') return false;
  if (parties.clickToCall) return dialler.rang !== undefined || dialler.answered !== undefined;
  return call.legs.some(isOutside);
}

/** A user who wants his card on answer sees it when he talks, or when he dialled: then he is on the phone already. */
function allows(policy: PortalPolicy, userId: number, leg: Leg, talks: readonly Talk[]): boolean {
  switch (policy.cardPolicyOf(userId)) {
    case 'ringing':
      return true;
    case 'answered':
      return leg.origin.direction === 'inbound' || talks.some((talk) => isPartner(leg, talk));
    case 'never':
      return false;
  }
}
