import type { License } from '../portal-conditions';
import { OperatingBudget, ORDINARY_OPERATING } from './operating-budget';
import type { OperatingOptions } from './operating-budget';
import { RateLimit, rateOf } from './rate-limit';
import type { RateLimitOptions } from './rate-limit';

export interface LimitOptions {
  /** Default: what the plan has, 50 and 2/s for all but enterprise; false: none. */
  readonly rateLimit?: RateLimitOptions | false;
  /** The plan's bucket drains so many times faster; default 1. */
  readonly rateFactor?: number;
  /** Default: 480 s per method in ten minutes, of which a call here takes 0.01. */
  readonly operating?: OperatingOptions;
}

/** Both limits of a portal. They can be changed while it runs. */
export class PortalLimits {
  readonly rate: RateLimit;
  readonly operating: OperatingBudget;

  constructor(
    private readonly options: LimitOptions,
    private readonly license: License,
  ) {
    this.rate = new RateLimit(this.#rateOfPlan(license));
    this.operating = new OperatingBudget(options.operating ?? ORDINARY_OPERATING);
  }

  /** The limit of another plan, unless the portal was made with a limit of its own. */
  adopt(license: License): void {
    this.rate.options = this.#rateOfPlan(license);
  }

  /** As they were when the portal was made, and with nothing used up. */
  reset(): void {
    this.adopt(this.license);
    this.rate.clear();
    this.operating.options = this.options.operating ?? ORDINARY_OPERATING;
  }

  #rateOfPlan({ family }: License): RateLimitOptions | undefined {
    const { rateLimit, rateFactor } = this.options;
    if (rateLimit === false) return undefined;
    return rateLimit ?? rateOf(family, rateFactor);
  }
}
