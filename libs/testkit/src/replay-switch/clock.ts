/** Where the replay switch takes its time from, so that a spec can make a minute pass at once. */
export interface ReplayClock {
  /** Epoch ms. */
  now(): number;
  /** Calls `run` once after `ms`; the function returned calls it off. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: ReplayClock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

interface Alarm {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told to go on. */
export class ManualReplayClock implements ReplayClock {
  #now: number;
  readonly #alarms = new Set<Alarm>();

  /** @param startAt epoch ms */
  constructor(startAt: number) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const alarm = { at: this.#now + Math.max(0, ms), run };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /** Lets `ms` pass; what falls due runs in order of time, each at its own moment. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (let next = this.#nextAlarm(until); next; next = this.#nextAlarm(until)) {
      this.#alarms.delete(next);
      this.#now = next.at;
      next.run();
    }
    this.#now = until;
  }

  #nextAlarm(until: number): Alarm | undefined {
    return [...this.#alarms].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  }
}
