import { now } from '../journal/now';
import { FRAME_MS } from './tones';

/** Something that wants to be told every 20 ms. */
export interface Ticking {
  /**
   * @param at this moment, ms since 1970
   * @param sleptMs how long the process slept before: what came meanwhile has not been read yet
   */
  tick(at: number, sleptMs: number): void;
}

/** After a longer stall of the process the missed ticks are left out: phones have no second to catch up with. */
const MAX_CATCH_UP = 10;

/**
 * One clock for the sound of all calls of a process. It runs while somebody listens, keeps to the true time (a late tick
 * makes the next one early), and knows how late it was: bad sound may be the test machine's fault.
 */
export class RtpClock {
  readonly #all = new Set<Ticking>();
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  #worstLateMs = 0;
  #skipped = 0;

  /** How late a tick came at worst, ms. */
  get worstLateMs(): number {
    return this.#worstLateMs;
  }

  /** Ticks that were left out because the process had stalled for too long. */
  get skipped(): number {
    return this.#skipped;
  }

  add(one: Ticking): void {
    this.#all.add(one);
    if (this.#timer) return;
    this.#dueAt = now() + FRAME_MS;
    this.#sleep();
  }

  remove(one: Ticking): void {
    this.#all.delete(one);
    if (this.#all.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #sleep(): void {
    this.#timer = setTimeout(() => this.#wake(), Math.max(0, this.#dueAt - now()));
  }

  #wake(): void {
    const at = now();
    const sleptMs = Math.max(0, at - this.#dueAt);
    this.#worstLateMs = Math.max(this.#worstLateMs, sleptMs);
    // Timers take whole milliseconds: one may go off a little before its time, which is no missed tick.
    const missed = Math.max(0, Math.floor((at - this.#dueAt) / FRAME_MS));
    const ticks = 1 + Math.min(missed, MAX_CATCH_UP);
    this.#skipped += Math.max(0, missed - MAX_CATCH_UP);
    this.#dueAt += (1 + missed) * FRAME_MS;
    for (let i = 0; i < ticks; i++) for (const one of [...this.#all]) one.tick(at, i === 0 ? sleptMs : 0);
    if (this.#all.size > 0) this.#sleep();
  }
}
