/** Time as the portal sees it. A replay in virtual time brings its own. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Resolves after this many ms. */
  sleep(ms: number): Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms).unref();
    }),
};

/** A clock that moves only when told to; sleeping moves it at once. */
export class ManualClock implements Clock {
  #now: number;

  constructor(startMs = Date.UTC(2026, 2, 7, 7, 0, 0)) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  /** Moves on by so many ms. */
  advance(ms: number): void {
    this.#now += ms;
  }

  /** Makes it this moment (epoch ms), forward or back. */
  set(ms: number): void {
    this.#now = ms;
  }

  sleep(ms: number): Promise<void> {
    this.advance(ms);
    return Promise.resolve();
  }
}

/** The system's time, which can be moved: a token then expires within a test of seconds. */
export class AdjustableClock implements Clock {
  #aheadMs = 0;

  now(): number {
    return systemClock.now() + this.#aheadMs;
  }

  /** Moves on by so many ms; who sleeps does not wake earlier for it. */
  advance(ms: number): void {
    this.#aheadMs += ms;
  }

  /** Makes it this moment (epoch ms), forward or back. */
  set(ms: number): void {
    this.#aheadMs = ms - systemClock.now();
  }

  sleep(ms: number): Promise<void> {
    return systemClock.sleep(ms);
  }
}

/** ISO-8601 in UTC with an explicit offset and without fractions: `2026-03-07T07:20:30+00:00`. */
export function isoSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, '+00:00');
}
