/** How fast to come back after a loss. */
export interface BackoffSettings {
  /** Before the first new attempt, ms. */
  readonly minMs: number;
  /** Never longer than this, ms. */
  readonly maxMs: number;
  /** By how much each wait is longer than the one before. */
  readonly factor: number;
  /** Share of the wait that is left to chance, 0 to 1, so that many clients of one switch do not return together. */
  readonly jitter: number;
}

/** Growing waits between attempts. */
export class Backoff {
  private failures = 0;

  constructor(
    private readonly settings: BackoffSettings,
    private readonly random: () => number,
  ) {}

  /** The wait before the next attempt, ms; each call waits longer, up to `maxMs`. */
  next(): number {
    const { minMs, maxMs, factor, jitter } = this.settings;
    const wait = Math.min(maxMs, minMs * factor ** this.failures);
    this.failures += 1;
    return Math.ceil(wait * (1 - jitter * this.random()));
  }

  /** Starts again from `minMs`. */
  reset(): void {
    this.failures = 0;
  }
}
