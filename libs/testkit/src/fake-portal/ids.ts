/** Numbers and random-looking tokens of the portal. With the same seed a run gives the same ones. */
export class Ids {
  #state: number;
  readonly #last = new Map<string, number>();

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** The next number of a series, from `first` on. */
  next(series: string, first = 1): number {
    const value = (this.#last.get(series) ?? first - 1) + 1;
    this.#last.set(series, value);
    return value;
  }

  /** So many hexadecimal digits. */
  hex(length: number): string {
    let text = '';
    while (text.length < length) text += this.#random().toString(16).padStart(8, '0');
    return text.slice(0, length);
  }

  /** mulberry32: small, fast, good enough to tell ids apart. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
}
