/** How often and when a fault strikes. */
export interface Striking {
  /** The first matching occasion that it happens to, counted from injection; default 1, the next one. */
  readonly nth?: number;
  /** How many in a row; default 1. */
  readonly times?: number;
}

interface Pending<Fault> {
  readonly fault: Fault;
  toSkip: number;
  left: number;
}

/** Faults waiting for their occasions. One occasion meets one fault at most: the oldest that is due. */
export class FaultQueue<Fault extends Striking> {
  readonly #pending: Pending<Fault>[] = [];

  /** @param targetOf name of what a fault is meant for; undefined means anything */
  constructor(private readonly targetOf: (fault: Fault) => string | undefined) {}

  inject(...faults: readonly Fault[]): void {
    for (const fault of faults)
      this.#pending.push({ fault, toSkip: (fault.nth ?? 1) - 1, left: fault.times ?? 1 });
  }

  /** Forgets all that have not happened yet. */
  clear(): void {
    this.#pending.length = 0;
  }

  /** Takes the fault for an occasion of this name. Only faults that can happen there count. */
  take(name: string, canHappen: (fault: Fault) => boolean = () => true): Fault | undefined {
    const matching = this.#pending.filter(
      ({ fault, left }) =>
        left > 0 && (this.targetOf(fault) ?? name).toLowerCase() === name.toLowerCase() && canHappen(fault),
    );
    const due = matching.find(({ toSkip }) => toSkip === 0);
    for (const pending of matching) if (pending.toSkip > 0) pending.toSkip -= 1;
    if (due) due.left -= 1;
    return due?.fault;
  }
}
