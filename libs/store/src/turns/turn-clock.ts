export interface TurnOptions {
  /** `database` (default): one clock for all workers. `given`: the caller's `now`, for tests. */
  readonly clock?: 'database' | 'given';
  /** Working time that a portal grants a method in ten minutes; default 480 s (Bitrix24 limits page, its example). */
  readonly operatingLimitSeconds?: number;
}

const OPERATING_LIMIT_SECONDS = 480;

/** Below this share of the limit no class is held back, so nothing has to be written down for each answer. */
const WORTH_KNOWING = 0.3;

/** Whose time counts, and how much working time there is. */
export class TurnClock {
  readonly operatingLimitSeconds: number;

  constructor(private readonly options: TurnOptions) {
    this.operatingLimitSeconds = options.operatingLimitSeconds ?? OPERATING_LIMIT_SECONDS;
  }

  /** NULL: the database reads its own clock. */
  given(now: number): string | null {
    return this.options.clock === 'given' ? new Date(now).toISOString() : null;
  }

  isNearLimit(usedSeconds: number): boolean {
    return usedSeconds >= WORTH_KNOWING * this.operatingLimitSeconds;
  }
}
