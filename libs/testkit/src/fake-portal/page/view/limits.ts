import type { PortalState } from '../../portal-state';

export interface LimitsView {
  /** Null: no rate limit. */
  readonly rate: { readonly threshold: number; readonly leakPerSecond: number } | null;
  readonly buckets: readonly { readonly source: string; readonly level: number }[];
  readonly operating: {
    readonly limitSeconds: number;
    /** Per method and application, the most used first. */
    readonly used: readonly { readonly key: string; readonly seconds: number }[];
  };
}

/** How much of the limits is used up at this moment. */
export function usedLimits({ clock, limits: { rate, operating } }: PortalState): LimitsView {
  const now = clock.now();
  return {
    rate: rate.options ?? null,
    buckets: rate.levels(now),
    operating: { limitSeconds: operating.options.limitSeconds, used: operating.uses(now) },
  };
}
