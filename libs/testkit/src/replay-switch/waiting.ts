interface Waiter<T> {
  readonly wanted: (value: T) => boolean;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** Promises of values still to come, each told by a predicate. */
export class Waiting<T> {
  #waiters: Waiter<T>[] = [];

  /** Resolves with the first value seen from now on that is wanted. */
  next(wanted: (value: T) => boolean): Promise<T> {
    return new Promise((resolve, reject) => this.#waiters.push({ wanted, resolve, reject }));
  }

  /** Shows a value to everybody who waits. */
  seen(value: T): void {
    const served = this.#waiters.filter(({ wanted }) => wanted(value));
    this.#waiters = this.#waiters.filter((waiter) => !served.includes(waiter));
    served.forEach(({ resolve }) => resolve(value));
  }

  /** Nothing will come any more. */
  giveUp(error: Error): void {
    this.#waiters.splice(0).forEach(({ reject }) => reject(error));
  }
}
