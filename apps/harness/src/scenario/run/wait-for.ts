import { pauseFor } from '../../processes/until';
import { durationText } from '../language/duration';
import { StepFailure } from './step-failure';

const LOOK_EVERY_MS = 15;

export interface Awaited {
  /** In words: what shall come true. */
  readonly expected: string;
  readonly isSo: () => boolean | Promise<boolean>;
  /** In words: what is instead; asked when it did not come true. */
  readonly came: () => string | Promise<string>;
  readonly withinMs: number;
  /** So long it has to stay true then. */
  readonly forMs?: number;
  readonly signal?: AbortSignal;
}

/** Looks until something is true, and on while it has to stay true. @throws StepFailure; the signal's reason */
export async function waitFor({ expected, isSo, came, withinMs, forMs = 0, signal }: Awaited): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline)
      throw new StepFailure(`${expected} within ${durationText(withinMs)}`, await came());
    await pauseFor(LOOK_EVERY_MS, signal);
  }
  const beganAt = performance.now();
  while (performance.now() - beganAt < forMs) {
    if (!(await isSo()))
      throw new StepFailure(
        `${expected} for ${durationText(forMs)}`,
        `after ${durationText(performance.now() - beganAt)}: ${await came()}`,
      );
    await pauseFor(LOOK_EVERY_MS, signal);
  }
}
