/** Runs one piece of work after another, in the order in which they were given. */
export class OneAtATime {
  private last: Promise<unknown> = Promise.resolve();

  /** The result of `work`, which begins when all before it have ended, however they did. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }
}
