/** What a call of the load is. */
export type CallKind = 'inbound' | 'outbound' | 'queue';

export const CALL_KINDS: readonly CallKind[] = ['inbound', 'outbound', 'queue'];

/** Shares that sum up to 1. */
export type Mix = Readonly<Record<CallKind, number>>;

/** "inbound=70,outbound=20,queue=10"; the numbers are weights. @throws Error with a sentence for the user */
export function readMix(text: string): Mix {
  const weights: Record<CallKind, number> = { inbound: 0, outbound: 0, queue: 0 };
  for (const part of text.split(',')) {
    const [, name, weight] = /^\s*(\w+)\s*=\s*(\d+(?:\.\d+)?)\s*$/.exec(part) ?? [];
    const kind = CALL_KINDS.find((one) => one === name);
    if (kind === undefined)
      throw new Error(
        `--mix takes kinds with weights, such as inbound=70,outbound=20,queue=10: not "${part}".`,
      );
    weights[kind] += Number(weight);
  }
  const sum = CALL_KINDS.reduce((total, kind) => total + weights[kind], 0);
  if (sum === 0) throw new Error('--mix has no calls in it: one weight has to be above 0.');
  return { inbound: weights.inbound / sum, outbound: weights.outbound / sum, queue: weights.queue / sum };
}

/**
 * The kinds of so many calls, one after another: each kind comes as evenly as its share allows, so that every stretch of
 * the load has the same mix.
 */
export function interleave(mix: Mix, count: number): CallKind[] {
  const due: Record<CallKind, number> = { inbound: 0, outbound: 0, queue: 0 };
  return Array.from({ length: count }, () => {
    for (const kind of CALL_KINDS) due[kind] += mix[kind];
    const next = CALL_KINDS.reduce((best, kind) => (due[kind] > due[best] + 1e-9 ? kind : best));
    due[next] -= 1;
    return next;
  });
}
