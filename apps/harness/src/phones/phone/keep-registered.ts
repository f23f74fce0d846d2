/** Waits before the attempts to get back, ms; the last one again and again. */
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/** Brings a phone back that has lost its connection or registration, until it succeeds or is told to stop. */
export class KeepRegistered {
  #timer: NodeJS.Timeout | undefined;
  #attempts = 0;
  #isWanted = false;

  /** @param attempt connects and registers; rejects when it fails */
  constructor(private readonly attempt: () => Promise<void>) {}

  /** From now on a loss is repaired. */
  want(): void {
    this.#isWanted = true;
  }

  stop(): void {
    this.#isWanted = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#attempts = 0;
  }

  /** It is lost: try again, soon at first and then more and more rarely. */
  lost(): void {
    if (!this.#isWanted || this.#timer) return;
    const wait = WAITS_MS[Math.min(this.#attempts, WAITS_MS.length - 1)];
    this.#attempts += 1;
    this.#timer = setTimeout(() => void this.#try(), wait);
  }

  async #try(): Promise<void> {
    try {
      await this.attempt();
      this.#timer = undefined;
      this.#attempts = 0;
    } catch {
      // The phone has reported why.
      this.#timer = undefined;
      this.lost();
    }
  }
}
