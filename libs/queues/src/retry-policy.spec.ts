import { backoffMs } from './retry-policy';
import { syncCallQueue } from './sync-call.queue';

describe('the delay before another try', () => {
  const policy = { attempts: 5, firstDelayMs: 1000, longestDelayMs: 10_000 };

  it('doubles, up to the longest', () => {
    expect([1, 2, 3, 4, 5, 50].map((failures) => backoffMs(policy, failures, 0))).toEqual([
      1000, 2000, 4000, 8000, 10_000, 10_000,
    ]);
  });

  it('is up to a half shorter by chance, and always whole', () => {
    expect([0, 0.3333, 1].map((chance) => backoffMs(policy, 1, chance))).toEqual([1000, 834, 500]);
  });
});

it('a call is tried for about a minute before it is left to the sweeper', () => {
  const { retry } = syncCallQueue;
  const failures = Array.from({ length: retry.attempts - 1 }, (_, index) => index + 1);
  const total = failures.reduce((sum, failure) => sum + backoffMs(retry, failure, 0.5), 0);
  expect(total / 60_000).toBeCloseTo(1.1, 0);
});
