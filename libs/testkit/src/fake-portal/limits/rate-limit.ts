import { commonRefusals, requestLimitOf } from '@app/bitrix24/contract';
import { Refusal } from '../rest/refusal';

/** Leaky bucket of a plan: enterprise drains 5/s and blocks above 250, all others 2/s and 50 (limits page). */
export interface RateLimitOptions {
  readonly threshold: number;
  readonly leakPerSecond: number;
}

/**
 * The limit that a plan has, by its LICENSE_FAMILY. With a factor its bucket drains so many times faster, and is as
 * large as ever: so a test of seconds meets the same limit as an hour of work.
 */
export function rateOf(licenseFamily: string, factor = 1): RateLimitOptions {
  const { capacity, drainPerSecond } = requestLimitOf(licenseFamily);
  return { threshold: capacity, leakPerSecond: drainPerSecond * factor };
}

/** How full the bucket of one source is. */
export interface BucketLevel {
  readonly source: string;
  readonly level: number;
}

/** One bucket per source address: all applications on one server share it. A batch counts as one request. */
export class RateLimit {
  readonly #buckets = new Map<string, { level: number; at: number }>();

  /** @param options undefined: no limit; may be changed while it runs */
  constructor(public options: RateLimitOptions | undefined) {}

  /**
   * Counts a request at `now` (epoch ms). One that is refused does not fill the bucket.
   *
   * @throws Refusal 503 QUERY_LIMIT_EXCEEDED
   */
  take(source: string, now: number): void {
    if (!this.options) return;
    const level = this.#level(source, now);
    const isFull = level + 1 > this.options.threshold;
    this.#buckets.set(source, { level: isFull ? level : level + 1, at: now });
    if (isFull) throw new Refusal(commonRefusals.QUERY_LIMIT_EXCEEDED);
  }

  /** Every bucket that was ever used, as full as it is at `now` (epoch ms). */
  levels(now: number): readonly BucketLevel[] {
    return [...this.#buckets.keys()].map((source) => ({ source, level: this.#level(source, now) }));
  }

  /** Empties all buckets. */
  clear(): void {
    this.#buckets.clear();
  }

  #level(source: string, now: number): number {
    const bucket = this.#buckets.get(source);
    if (!bucket || !this.options) return 0;
    return Math.max(0, bucket.level - ((now - bucket.at) / 1000) * this.options.leakPerSecond);
  }
}
