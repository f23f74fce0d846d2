import type { StepClass } from './turns';

/** The portal's limits, kept for all processes together. Times in epoch ms. */
export interface RateGovernor {
  /** The portal said that the limit is reached: nothing is granted until the time returned. */
  penalise(portalId: string, egress: string, now: number): Promise<number>;
  /** Requests were sent without asking: the repetition with a new token. */
  count(portalId: string, egress: string, requests: number, now: number): Promise<void>;
  /** The vendor has blocked the portal: nothing is granted for so long, then one request to see. */
  block(portalId: string, egress: string, forMs: number, now: number): Promise<void>;
  /** A portal that was blocked has answered. */
  open(portalId: string): Promise<void>;
  /** When each may use its method again; undefined: it may now. */
  operatingWaits(
    portalId: string,
    asked: readonly { readonly method: string; readonly stepClass: StepClass }[],
    now: number,
  ): Promise<(number | undefined)[]>;
  /** What answers told of the working time of methods. */
  learn(portalId: string, news: readonly OperatingNews[], now: number): Promise<void>;
}

export interface OperatingNews {
  readonly method: string;
  /** Used up in the last ten minutes. */
  readonly usedSeconds: number;
  /** Until the oldest of these minutes leaves. */
  readonly resetMs: number;
  readonly blocked?: boolean;
}
