import { FRAME_MS } from './codec';

/** How many ticks are made up for after a pause of the process; more would only be a burst nobody needs. */
const MOST_MADE_UP = 10;

/** One clock of 20 ms for everything that makes sound. It stands still while nobody listens. */
export class Ticker {
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #due = 0;

  /** Calls `tick` every 20 ms; the function returned calls it off. */
  every(tick: () => void): () => void {
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
    const late = Math.floor((performance.now() - this.#due) / FRAME_MS);
    const ticks = Math.min(Math.max(0, late) + 1, MOST_MADE_UP);
    this.#due += FRAME_MS * Math.max(1, late + 1);
    for (let tick = 0; tick < ticks; tick += 1) this.#listeners.forEach((listener) => listener());
    if (this.#listeners.size > 0) this.#schedule();
  }
}
