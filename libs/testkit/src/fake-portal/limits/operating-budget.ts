import { commonRefusals } from '@app/bitrix24/contract';
import { Refusal } from '../rest/refusal';

export interface OperatingOptions {
  /** Set by the cloud; 480 s is the documentation's example. */
  readonly limitSeconds: number;
  /** What one execution costs here. */
  readonly secondsPerCall: number;
  /** Length of one of the ten baskets; default 60, as on a portal. */
  readonly basketSeconds?: number;
}

/** The documentation's example; a call here takes next to nothing of it. */
export const ORDINARY_OPERATING: OperatingOptions = { limitSeconds: 480, secondsPerCall: 0.01 };

const BASKET_SECONDS = 60;
const BASKETS = 10;

/** What one application has used up of one method. */
export interface OperatingUse {
  readonly key: string;
  readonly seconds: number;
}

/**
 * Working time per method and application in ten one-minute baskets (limits page). It is checked before execution: the
 * call that crosses the limit completes, the next one is refused.
 */
export class OperatingBudget {
  readonly #spent = new Map<string, Map<number, number>>();
  #options: OperatingOptions;

  constructor(options: OperatingOptions) {
    this.#options = options;
  }

  get options(): OperatingOptions {
    return this.#options;
  }

  /** Other limits; what was used up by then is forgotten. */
  set options(options: OperatingOptions) {
    this.#options = options;
    this.clear();
  }

  /** @throws Refusal 429 OPERATION_TIME_LIMIT */
  check(key: string, now: number): void {
    if (this.used(key, now) >= this.#options.limitSeconds)
      throw new Refusal(commonRefusals.OPERATION_TIME_LIMIT);
  }

  charge(key: string, now: number): void {
    const baskets = this.#baskets(key, now);
    const basket = Math.floor(now / this.#basketMs);
    baskets.set(basket, (baskets.get(basket) ?? 0) + this.#options.secondsPerCall);
    this.#spent.set(key, baskets);
  }

  /** Seconds used up in the last ten baskets. */
  used(key: string, now: number): number {
    return [...this.#baskets(key, now).values()].reduce((sum, seconds) => sum + seconds, 0);
  }

  /** Everything that is used up at present, the most first. */
  uses(now: number): readonly OperatingUse[] {
    return [...this.#spent.keys()]
      .map((key) => ({ key, seconds: this.used(key, now) }))
      .filter(({ seconds }) => seconds > 0)
      .sort((a, b) => b.seconds - a.seconds);
  }

  /** Unix seconds at which the oldest basket leaves. */
  resetAt(key: string, now: number): number {
    const oldest = Math.min(Math.floor(now / this.#basketMs), ...this.#baskets(key, now).keys());
    return ((oldest + BASKETS) * this.#basketMs) / 1000;
  }

  /** As if nobody had ever called. */
  clear(): void {
    this.#spent.clear();
  }

  get #basketMs(): number {
    return (this.#options.basketSeconds ?? BASKET_SECONDS) * 1000;
  }

  #baskets(key: string, now: number): Map<number, number> {
    const first = Math.floor(now / this.#basketMs) - BASKETS + 1;
    return new Map([...(this.#spent.get(key) ?? [])].filter(([basket]) => basket >= first));
  }
}
