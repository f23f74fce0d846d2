/** How a job that failed is tried again: with delays that double, up to a longest one. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** Delay before the second try, ms. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/** Share of a delay that is left to chance, so that jobs that failed together do not come back together. */
const JITTER = 0.5;

/**
 * The delay after a failure, ms, a whole number: the Postgres backend refuses fractions, and runs the job early.
 *
 * @param attemptsMade failures so far, from 1
 * @param chance 0..1
 */
export function backoffMs(policy: RetryPolicy, attemptsMade: number, chance: number = Math.random()): number {
  const full = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** (attemptsMade - 1));
  return Math.ceil(full * (1 - JITTER * chance));
}
