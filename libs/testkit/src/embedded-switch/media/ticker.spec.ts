import { setTimeout as after } from 'node:timers/promises';
import { Ticker } from './ticker';

const SLEEP_MS = 600;

/** Nothing of the process runs meanwhile. */
function sleepThrough(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

it('makes up for the moments that the process slept through, and says which are too old to be sent', async () => {
  const ticker = new Ticker();
  const ticks: boolean[] = [];
  const startedAt = performance.now();
  ticker.every((isLost) => ticks.push(isLost));
  sleepThrough(SLEEP_MS);
  while (ticks.length < SLEEP_MS / 20) await after(5);
  const passed = (performance.now() - startedAt) / 20;
  ticker.stop();
  expect(ticks.length).toBeLessThanOrEqual(passed);
  expect(ticks.slice(0, 15)).toEqual(Array.from({ length: 15 }, () => true));
  expect(ticks.at(-1)).toBe(false);
});
