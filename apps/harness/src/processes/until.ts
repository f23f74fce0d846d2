import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 25;

/** A condition did not come true in time. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** Lets time pass; throws the signal's reason (and not a general AbortError) as soon as it is aborted. */
export async function pauseFor(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** The result of work; throws the signal's reason as soon as it is aborted, and no longer cares for the work then. */
export async function orAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  signal.throwIfAborted();
  let stopListening: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    stopListening = () => signal.removeEventListener('abort', onAbort);
  });
  return Promise.race([work, aborted]).finally(stopListening);
}

/**
 * Looks again and again until a condition is met.
 *
 * @param what for the message, after "waited in vain until"
 * @throws DeadlineError after `withinMs`; whatever the condition throws; the signal's reason
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  { withinMs, signal }: { readonly withinMs: number; readonly signal?: AbortSignal },
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) {
      throw new DeadlineError(`waited ${Math.round(withinMs / 1000)} s in vain until ${what}`);
    }
    await pauseFor(LOOK_EVERY_MS, signal);
  }
}
