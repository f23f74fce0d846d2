import { setImmediate } from 'node:timers/promises';

const LONGEST_MS = 10_000;

/** Lets the event loop turn until the condition holds. @throws Error naming `what` when it does not within 10 s. */
export async function waitFor(what: string, condition: () => boolean): Promise<void> {
  const end = Date.now() + LONGEST_MS;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await setImmediate();
  }
}
