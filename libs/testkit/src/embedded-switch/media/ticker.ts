import { FRAME_MS } from './codec';

/** After a pause of the process, so many frames are worth sending; more would only be a burst nobody needs. */
const MOST_MADE_UP = 10;

/** A moment of 20 ms. `isLost`: the process slept so long through it that nothing of it is to be sent any more. */
export type Tick = (isLost: boolean) => void;

/**
 * One clock of 20 ms for everything that makes sound; it stands still while nobody listens. Moments that the process slept
 * through are made up for: a file of two seconds is over after two seconds on the busiest machine.
 */
export class Ticker {
  readonly #listeners = new Set<Tick>();
  #timer: NodeJS.Timeout | undefined;
  #due = 0;

  /** Calls `tick` every 20 ms; the function returned calls it off. */
  every(tick: Tick): () => void {
    this.#listeners.add(tick);
    if (!this.#timer) {
      this.#due = performance.now() + FRAME_MS;
      this.#schedule();
    }
    return () => this.#listeners.delete(tick);
  }

  stop(): void {
    this.#listeners.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    this.#timer = setTimeout(() => this.#run(), Math.max(0, this.#due - performance.now()));
    this.#timer.unref();
  }

  #run(): void {
    this.#timer = undefined;
    const late = Math.max(0, Math.floor((performance.now() - this.#due) / FRAME_MS));
    this.#due += FRAME_MS * (late + 1);
    for (let left = late; left >= 0; left -= 1)
      for (const listener of this.#listeners) listener(left >= MOST_MADE_UP);
    if (this.#listeners.size > 0) this.#schedule();
  }
}
