import type { HeldCall } from '../../world/portal-holding';
import { groupBy } from '../../world/group-by';
import { userOf, type Office } from '../plan/office';
import type { CallTruth, EmployeeLeg } from './call-truth';

/** How long things took in one call, ms. What did not happen is missing; below 0 when two processes tell of one moment. */
export interface CallTimes {
  /** Of the planned call. */
  readonly number: number;
  /** INVITE of the caller -> first 18x. */
  readonly inviteToRing?: number;
  /** INVITE of the caller -> 200; the ringing is part of it. */
  readonly inviteToAnswer?: number;
  /** Of each employee's leg. */
  readonly cards: readonly CardTimes[];
  /** The caller's leg ends on the switch -> the call is filed. */
  readonly endToFiled?: number;
}

export interface CardTimes {
  readonly extension: string;
  /** It is his own call: then the card is due from its beginning on, else from the ringing. */
  readonly dials: boolean;
  /** The switch tells that it is due -> he sees it. Missing: he never did. */
  readonly toShown?: number;
  /** His leg ends on the switch -> the card is gone. */
  readonly toHidden?: number;
}

/** The times of each call that was placed. */
export function timesOf(
  truths: readonly CallTruth[],
  held: readonly HeldCall[],
  office: Office,
): CallTimes[] {
  const byClient = groupBy(held, ({ phone }) => phone);
  return truths.flatMap(({ planned, seen, legs, callerLeg }) => {
    if (!seen) return [];
    const own = byClient.get(planned.client) ?? [];
    const cards = own.flatMap((call) => call.cards);
    const filedAt = own.find((call) => call.filedAt !== undefined)?.filedAt;
    return {
      number: planned.number,
      ...between('inviteToRing', seen.placedAt, seen.rangAt),
      ...between('inviteToAnswer', seen.placedAt, seen.answeredAt),
      cards: legs.map((leg) => cardTimes(leg, cards, office)),
      ...between('endToFiled', callerLeg?.until, filedAt),
    };
  });
}

function cardTimes(leg: EmployeeLeg, cards: HeldCall['cards'], office: Office): CardTimes {
  const { extension, dials, from, ringsAt, until } = leg;
  const card = cards.find(({ userId }) => userId === userOf(office, extension));
  return {
    extension,
    dials,
    ...between('toShown', dials ? from : ringsAt, card?.shownAt),
    ...between('toHidden', until, card?.hiddenAt),
  };
}

function between<Name extends string>(
  name: Name,
  from: number | undefined,
  to: number | undefined,
): Partial<Record<Name, number>> {
  if (from === undefined || to === undefined) return {};
  return { [name]: Math.round((to - from) * 10) / 10 } as Partial<Record<Name, number>>;
}
