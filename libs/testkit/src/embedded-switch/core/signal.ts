/** Tells those who wait that something has changed. */
export class Signal {
  readonly #listeners = new Set<() => void>();

  notify(): void {
    // who is called may stop listening, or others may begin to
    [...this.#listeners].forEach((listener) => listener());
  }

  /** Calls `listener` at every change; the function returned ends it. */
  on(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Lets everybody else go on who can go on now. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Waits until the condition holds. It is looked at now and whenever one of the signals is given, so nothing is missed
 * in between.
 *
 * @param ms how long to wait at most; never longer when left out
 * @returns whether it holds; false = the time is over
 */
export function until(signals: readonly Signal[], condition: () => boolean, ms?: number): Promise<boolean> {
  if (condition()) return Promise.resolve(true);
  if (ms !== undefined && ms <= 0) return Promise.resolve(false);
  return new Promise((resolve) => {
    const finish = (holds: boolean): void => {
      stops.forEach((stop) => stop());
      clearTimeout(timer);
      resolve(holds);
    };
    const look = (): void => {
      if (condition()) finish(true);
    };
    const stops = signals.map((signal) => signal.on(look));
    const timer = ms === undefined ? undefined : setTimeout(() => finish(condition()), ms);
    timer?.unref();
  });
}
