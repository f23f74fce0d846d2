/** RFC 3261 section 17.1.1.1, in ms. Tests may shorten them. */
export interface SipTimers {
  /** Estimate of the round trip: the first repetition comes after it. */
  readonly t1: number;
  /** Longest pause between repetitions of everything but INVITE. */
  readonly t2: number;
  /** How long a message may stay on the network. */
  readonly t4: number;
}

export const RFC_TIMERS: SipTimers = { t1: 500, t2: 4000, t4: 5000 };

/** Calls `send` again and again: first after `first` ms, then after twice as long each time, at most `longest`. */
export class Repetition {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly send: () => void,
    first: number,
    private readonly longest: number,
  ) {
    this.#next(first);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #next(pause: number): void {
    this.#timer = setTimeout(() => {
      this.send();
      this.#next(Math.min(pause * 2, this.longest));
    }, pause);
    this.#timer.unref();
  }
}

/** A timer that does not keep the process alive; call the result to call it off. */
export function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
