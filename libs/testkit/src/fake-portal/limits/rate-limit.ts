import { commonRefusals, requestLimitOf } from '@app/bitrix24/contract';
import { Refusal } from '../rest/refusal';

/** Leaky bucket of a plan: enterprise drains 5/s and blocks above 250, all others 2/s and 50 (limits page). */
export interface RateLimitOptions {
  readonly threshold: number;
  readonly leakPerSecond: number;
}

/** The limit that a plan has, by its LICENSE_FAMILY. */
export function rateOf(licenseFamily: string): RateLimitOptions {
  const { capacity, drainPerSecond } = requestLimitOf(licenseFamily);
  return { threshold: capacity, leakPerSecond: drainPerSecond };
}

/** One bucket per source address: all applications on one server share it. A batch counts as one request. */
export class RateLimit {
  readonly #buckets = new Map<string, { level: number; at: number }>();

  constructor(private readonly options: RateLimitOptions) {}

  /**
   * Counts a request at `now` (epoch ms). One that is refused does not fill the bucket.
   *
   * @throws Refusal 503 QUERY_LIMIT_EXCEEDED
   */
  take(source: string, now: number): void {
    const { threshold, leakPerSecond } = this.options;
    const bucket = this.#buckets.get(source) ?? { level: 0, at: now };
    const leaked = ((now - bucket.at) / 1000) * leakPerSecond;
    const level = Math.max(0, bucket.level - leaked);
    const isFull = level + 1 > threshold;
    this.#buckets.set(source, { level: isFull ? level : level + 1, at: now });
    if (isFull) throw new Refusal(commonRefusals.QUERY_LIMIT_EXCEEDED);
  }
}
