import { isEmployee } from '../parties';
import type { Talk } from '../talks';
import { userOfLeg } from './card-holders';
import type { PortalPolicy } from './portal-policy';

/** What one portal call is about: talks with the client that belong to one person. */
export interface TalkShare {
  /** Missing: nobody whom the portal knows. */
  readonly userId?: number;
  readonly talks: readonly Talk[];
}

/**
 * The talks of a call, shared out to its portal calls, in order: all of them one share, or with `call-per-talk` one for
 * each person that the client was handed on to. Who comes into a room is not handed on to, nor is a phone that the portal
 * does not know (a mobile): that talk goes with the one before. A call without a talk is one share too.
 */
export function talkShares(talks: readonly Talk[], policy: PortalPolicy): readonly TalkShare[] {
  if (policy.transfers === 'one-call') return [{ talks }];
  const shares: TalkShare[] = [];
  for (const talk of talks) {
    const users = talk.partners.filter(isEmployee).map((leg) => userOfLeg(leg, policy));
    const known = users.filter((userId) => userId !== undefined);
    const last = shares.at(-1);
    const goesOn = last && (known.length === 0 || last.userId === undefined || known.includes(last.userId));
    if (last && goesOn) {
      shares[shares.length - 1] = { userId: last.userId ?? known[0], talks: [...last.talks, talk] };
    } else {
      shares.push({ userId: known[0], talks: [talk] });
    }
  }
  return shares.length === 0 ? [{ talks }] : shares;
}
