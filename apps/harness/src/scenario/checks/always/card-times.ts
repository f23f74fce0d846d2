import type { HeldCard } from '../../../world/portal-holding';

/** How long a card may stay after it stopped being true: the request to hide it needs its time. */
const LATE_MS = 6_000;
/** A card may be there before the phone has said that it rings: the switch tells both at the same time. */
const EARLY_MS = 500;

/** A phone rang or talked. Epoch ms; it still does without an end. */
export interface Stretch {
  readonly from: number;
  readonly until?: number;
}

/**
 * What is untrue about a card, by what the phones of the person who saw it did in that call; nothing when all is well.
 * Epoch ms.
 */
export function untruthOf(
  card: HeldCard,
  stretches: readonly Stretch[],
  now: number,
): { readonly falseFrom?: number; readonly why?: string } {
  const until = lastMomentFrom(card.shownAt, stretches, now);
  if (until === undefined) return { falseFrom: card.shownAt, why: 'his phone neither rang nor talked then' };
  const hiddenAt = card.hiddenAt ?? now;
  if (hiddenAt <= until + LATE_MS) return {};
  const why = `it stayed ${((hiddenAt - until) / 1_000).toFixed(1)} s longer than the call`;
  return { falseFrom: until, why };
}

/** Stretches that follow each other closely are one: a transfer gives a phone another dialog. */
function lastMomentFrom(shownAt: number, stretches: readonly Stretch[], now: number): number | undefined {
  let last: number | undefined;
  for (const { from, until = now } of stretches.toSorted((a, b) => a.from - b.from)) {
    const isCovered =
      last === undefined ? from - EARLY_MS <= shownAt && until + LATE_MS >= shownAt : from <= last + LATE_MS;
    if (isCovered) last = Math.max(last ?? 0, until);
  }
  return last;
}
