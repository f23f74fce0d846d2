import type { CallTimes } from './call-times';
import { spreadOf, type Spread } from './percentiles';

/** What was measured, over all calls; undefined where there was nothing to measure. What each is: {@link CallTimes}. */
export interface Measures {
  readonly inviteToRing?: Spread;
  readonly inviteToAnswer?: Spread;
  readonly ringToCard?: Spread;
  readonly dialToCard?: Spread;
  readonly endToHidden?: Spread;
  readonly endToFiled?: Spread;
  /** Legs of employees that never had a card: it was over before its turn came. */
  readonly withoutCard: number;
}

export function measure(calls: readonly CallTimes[]): Measures {
  const cards = calls.flatMap((call) => call.cards);
  return {
    inviteToRing: spread(calls, ({ inviteToRing }) => inviteToRing),
    inviteToAnswer: spread(calls, ({ inviteToAnswer }) => inviteToAnswer),
    ringToCard: spread(cards, ({ dials, toShown }) => (dials ? undefined : toShown)),
    dialToCard: spread(cards, ({ dials, toShown }) => (dials ? toShown : undefined)),
    endToHidden: spread(cards, ({ toHidden }) => toHidden),
    endToFiled: spread(calls, ({ endToFiled }) => endToFiled),
    withoutCard: cards.filter(({ toShown }) => toShown === undefined).length,
  };
}

function spread<T>(all: readonly T[], of: (one: T) => number | undefined): Spread | undefined {
  return spreadOf(all.flatMap((one) => of(one) ?? []));
}
