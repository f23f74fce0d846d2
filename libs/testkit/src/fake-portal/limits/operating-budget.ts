import { commonRefusals } from '@app/bitrix24/contract';
import { Refusal } from '../rest/refusal';

export interface OperatingOptions {
  /** Set by the cloud; 480 s is the documentation's example. */
  readonly limitSeconds: number;
  /** What one execution costs here. */
  readonly secondsPerCall: number;
}

const BASKET_MS = 60_000;
const BASKETS = 10;

/**
 * Working time per method and application in ten one-minute baskets (limits page). It is checked before execution: the
 * call that crosses the limit completes, the next one is refused.
 */
export class OperatingBudget {
  readonly #spent = new Map<string, Map<number, number>>();

  constructor(private readonly options: OperatingOptions) {}

  /** @throws Refusal 429 OPERATION_TIME_LIMIT */
  check(key: string, now: number): void {
    if (this.used(key, now) >= this.options.limitSeconds)
      throw new Refusal(commonRefusals.OPERATION_TIME_LIMIT);
  }

  charge(key: string, now: number): void {
    const baskets = this.#baskets(key, now);
    const basket = Math.floor(now / BASKET_MS);
    baskets.set(basket, (baskets.get(basket) ?? 0) + this.options.secondsPerCall);
    this.#spent.set(key, baskets);
  }

  /** Seconds used up in the last ten minutes. */
  used(key: string, now: number): number {
    return [...this.#baskets(key, now).values()].reduce((sum, seconds) => sum + seconds, 0);
  }

  /** Unix seconds at which the oldest basket leaves. */
  resetAt(key: string, now: number): number {
    const oldest = Math.min(Math.floor(now / BASKET_MS), ...this.#baskets(key, now).keys());
    return ((oldest + BASKETS) * BASKET_MS) / 1000;
  }

  #baskets(key: string, now: number): Map<number, number> {
    const first = Math.floor(now / BASKET_MS) - BASKETS + 1;
    return new Map([...(this.#spent.get(key) ?? [])].filter(([basket]) => basket >= first));
  }
}
