/**
 * A point in time on one switch: the clock of the switch, and its event counter to tell apart what carries the same
 * time stamp (FreeSWITCH stamps events in steps of about 20 ms).
 */
export interface Moment {
  /** Epoch, in milliseconds. */
  readonly at: number;
  /** `Event-Sequence` of the switch; 0 for what no event told. */
  readonly seq: number;
}

/** Orders two moments for `Array.sort`: negative when `a` came first. */
export function compareMoments(a: Moment, b: Moment): number {
  return a.at - b.at || a.seq - b.seq;
}

/** Whether `a` came before `b`. */
export function isBefore(a: Moment, b: Moment): boolean {
  return compareMoments(a, b) < 0;
}

/** The earlier of two moments, of which either may be missing. */
export function earliest(a: Moment | undefined, b: Moment | undefined): Moment | undefined {
  if (!a || !b) return a ?? b;
  return isBefore(b, a) ? b : a;
}

/** The later of two moments, of which either may be missing. */
export function latest(a: Moment | undefined, b: Moment | undefined): Moment | undefined {
  if (!a || !b) return a ?? b;
  return isBefore(a, b) ? b : a;
}
