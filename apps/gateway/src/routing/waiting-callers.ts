/** A caller for whom nobody is free. */
interface Waiting {
  readonly line: string;
  readonly wake: () => void;
}

/** Callers who wait for somebody to come free: who came first is woken first, and so decided on first. */
export class WaitingCallers {
  private readonly waiting = new Map<string, Waiting>();
  private wakings = 0;

  /** Counts how often somebody has come free. */
  get count(): number {
    return this.wakings;
  }

  /**
   * Waits for somebody to come free. A caller keeps his place until `leave`.
   *
   * @param line of the company; places are counted for each by itself
   * @param until at most so many ms; not at all when somebody has come free since `count`; or until `signal` is aborted
   */
  async join(
    callId: string,
    line: string,
    until: { readonly ms: number; readonly count: number; readonly signal: AbortSignal },
  ): Promise<void> {
    const { ms, count, signal } = until;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      const wake = (): void => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener('abort', wake, { once: true });
      // A known key keeps its place in a Map.
      this.waiting.set(callId, { line, wake });
      if (signal.aborted || count !== this.wakings) wake();
    });
  }

  /** He does not wait any more. */
  leave(callId: string): void {
    this.waiting.delete(callId);
  }

  /** Somebody has come free: everybody looks, in the order in which they came. */
  wakeAll(): void {
    this.wakings += 1;
    for (const { wake } of this.waiting.values()) wake();
  }

  /** His place among the callers of his line: 1 is the first; of one who does not wait yet, the place behind them. */
  placeOf(callId: string, line: string): number {
    const ofLine = [...this.waiting].filter(([, one]) => one.line === line).map(([id]) => id);
    const index = ofLine.indexOf(callId);
    return (index === -1 ? ofLine.length : index) + 1;
  }
}
