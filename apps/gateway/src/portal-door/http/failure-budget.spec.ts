import { FailureBudget } from './failure-budget';

describe('the failures of an address', () => {
  let now: number;
  let budget: FailureBudget;

  beforeEach(() => {
    now = 1_000_000;
    budget = new FailureBudget({ failures: 3, forgivenMs: 10_000, now: () => now });
  });

  const fail = (times: number, address = 'a') => {
    for (let n = 0; n < times; n += 1) budget.spend(address);
  };

  it('are free up to a number', () => {
    fail(2);
    expect(budget.waitMs('a')).toBe(0);
    fail(1);
    expect(budget.waitMs('a')).toBe(10_000);
    expect(budget.waitMs('b')).toBe(0);
  });

  it('are forgiven one by one', () => {
    fail(3);
    now += 9_999;
    expect(budget.waitMs('a')).toBe(1);
    now += 1;
    expect(budget.waitMs('a')).toBe(0);
    fail(1);
    expect(budget.waitMs('a')).toBe(10_000);
  });

  it('are all forgiven after a while, and no credit grows', () => {
    fail(3);
    now += 1_000_000;
    fail(3);
    expect(budget.waitMs('a')).toBe(10_000);
  });

  it('are forgotten when there are too many addresses, the longest ago first', () => {
    fail(3, 'first');
    fail(3, 'second');
    for (let n = 0; n < 9_999; n += 1) budget.spend(`n${n}`);
    expect([budget.waitMs('first'), budget.waitMs('second')]).toEqual([0, 10_000]);
  });
});
