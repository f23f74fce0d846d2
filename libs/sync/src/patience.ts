const MINUTE = 60_000;
const SHORTEST_MS = MINUTE;
const LONGEST_MS = 60 * MINUTE;

/** A step that was sent for so long without an answer is given up and shown to people instead. */
export const PATIENCE_LIMIT_MS = 14 * 24 * 60 * MINUTE;

/**
 * How long to leave a call alone that cannot be filed now, ms: half its age, from a minute to an hour. Waiting in
 * proportion to the age is an exponential back-off that needs no counter and survives everything.
 */
export function patienceMs(ageMs: number): number {
  return Math.ceil(Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ageMs / 2)));
}

const SHORTEST_RETRY_MS = 1_000;

/**
 * How long to leave a step alone whose answer was lost, ms: half the time that it has been tried for, from a second to an
 * hour.
 */
export function retryMs(triedForMs: number): number {
  return Math.ceil(Math.min(LONGEST_MS, Math.max(SHORTEST_RETRY_MS, triedForMs / 2)));
}
