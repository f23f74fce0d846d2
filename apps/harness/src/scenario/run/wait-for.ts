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
  /** Missing it for no longer than this is no harm while it has to stay true; time in which nobody could look does not count. */
  readonly pauseMs?: number;
  readonly signal?: AbortSignal;
}

/** Looks until something is true, and on while it has to stay true. @throws StepFailure; the signal's reason */
export async function waitFor(awaited: Awaited): Promise<void> {
  const { expected, isSo, came, withinMs, signal } = awaited;
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline)
      throw new StepFailure(`${expected} within ${durationText(withinMs)}`, await came());
    await pauseFor(LOOK_EVERY_MS, signal);
  }
  await stayTrue(awaited);
}

async function stayTrue({ expected, isSo, came, forMs = 0, pauseMs = 0, signal }: Awaited): Promise<void> {
  const beganAt = performance.now();
  let lastTrueAt = beganAt;
  let lookedAt = beganAt;
  while (performance.now() - beganAt < forMs) {
    const now = performance.now();
    lastTrueAt += Math.max(0, now - lookedAt - LOOK_EVERY_MS);
    lookedAt = now;
    if (await isSo()) lastTrueAt = now;
    else if (now - lastTrueAt > pauseMs)
      throw new StepFailure(
        `${expected} for ${durationText(forMs)}`,
        `after ${durationText(lastTrueAt - beganAt)}: ${await came()}`,
      );
    await pauseFor(LOOK_EVERY_MS, signal);
  }
}
