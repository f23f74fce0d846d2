import type { EslClock } from '../clock';

/** A clock that a test moves by hand. */
export class ManualClock implements EslClock {
  private ms = 0;
  private timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.ms;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.ms + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Runs every timer due within the next `ms`, in order. */
  advance(ms: number): void {
    const end = this.ms + ms;
    for (let next = this.dueBy(end); next; next = this.dueBy(end)) {
      this.timers = this.timers.filter((other) => other !== next);
      this.ms = next.at;
      next.run();
    }
    this.ms = end;
  }

  /** Waiting times of the timers set, ms from now. */
  get pending(): number[] {
    return this.timers.map(({ at }) => at - this.ms).sort((a, b) => a - b);
  }

  private dueBy(end: number): { at: number; run: () => void } | undefined {
    return this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
