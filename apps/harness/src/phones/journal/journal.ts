import { now } from './now';
import { WaitError } from './wait-error';

/** Waits end after this long unless they say otherwise, ms. */
export const DEFAULT_WAIT_MS = 5_000;

/** A wait for something that the entries of a journal bring about. */
export interface Wait<T> {
  /** A sentence for the message: "1001 rings". */
  readonly what: string;
  /** Looks for it; undefined while it is not there. Called at once and after every entry. */
  readonly look: () => T | undefined;
  /** Why it can never come any more; ends the wait before its time. */
  readonly hopeless?: () => string | undefined;
  readonly withinMs?: number;
}

/** What happened, in order. Whoever waits is woken by entries, never by polling. */
export class Journal<E extends { readonly at: number }> {
  readonly #entries: E[] = [];
  readonly #listeners = new Set<(entry: E) => void>();

  constructor(private readonly describe: (entry: E) => string) {}

  get entries(): readonly E[] {
    return this.#entries;
  }

  add(entry: E): void {
    this.#entries.push(entry);
    for (const listener of [...this.#listeners]) listener(entry);
  }

  /** Calls back after each entry. @returns what ends it */
  listen(listener: (entry: E) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @throws WaitError at the deadline, or as soon as it is hopeless */
  async until<T>({ what, look, hopeless, withinMs = DEFAULT_WAIT_MS }: Wait<T>): Promise<T> {
    const startedAt = now();
    const firstNew = this.#entries.length;
    return new Promise((resolve, reject) => {
      const end = (finish: () => void): void => {
        stopListening();
        clearTimeout(deadline);
        finish();
      };
      const fail = (why: string): void =>
        end(() => reject(new WaitError(what, why, this.#tell(firstNew, startedAt))));
      const check = (): void => {
        const found = look();
        const reason = found === undefined ? hopeless?.() : undefined;
        if (found !== undefined) end(() => resolve(found));
        else if (reason !== undefined) fail(reason);
      };
      const stopListening = this.listen(check);
      const deadline = setTimeout(() => fail(`waited ${seconds(withinMs)}`), withinMs);
      check();
    });
  }

  #tell(first: number, startedAt: number): string[] {
    return this.#entries.slice(first).map((entry) => {
      const after = Math.max(0, entry.at - startedAt);
      return `${this.describe(entry)} (+${seconds(after)})`;
    });
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 1000 ? 3 : 1)} s`;
}
