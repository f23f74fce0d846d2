/** How something that was measured many times is spread, ms. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** @returns undefined when nothing was measured */
export function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    p50: rankOf(sorted, 0.5),
    p95: rankOf(sorted, 0.95),
    p99: rankOf(sorted, 0.99),
    max: rankOf(sorted, 1),
  };
}

/** Nearest rank: the smallest value that so large a share is not above. */
function rankOf(sorted: readonly number[], share: number): number {
  const index = Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1);
  return Math.round((sorted[index] ?? 0) * 10) / 10;
}
