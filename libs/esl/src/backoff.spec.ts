import { Backoff } from './backoff';

const settings = { minMs: 500, maxMs: 15_000, factor: 2, jitter: 0.3 };

it('waits twice as long each time, up to the longest, and starts again after a reset', () => {
  const backoff = new Backoff(settings, () => 0);

  expect(Array.from({ length: 8 }, () => backoff.next())).toEqual([
    500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000,
  ]);
  backoff.reset();
  expect(backoff.next()).toBe(500);
});

it('leaves the share of the jitter to chance, and stays a whole number', () => {
  expect(new Backoff(settings, () => 1).next()).toBe(350);
  expect(new Backoff(settings, () => 0.333).next()).toBe(451);
});

it('stays at the longest wait however often it fails', () => {
  const backoff = new Backoff(settings, () => 0);
  const waits = Array.from({ length: 5_000 }, () => backoff.next());

  expect(waits.at(-1)).toBe(15_000);
});
