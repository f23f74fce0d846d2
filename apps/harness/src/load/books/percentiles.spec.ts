import fc from 'fast-check';
import { spreadOf } from './percentiles';

it('nothing was measured: nothing is told', () => {
  expect(spreadOf([])).toBeUndefined();
});

it('is by nearest rank, in any order, rounded to a tenth', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(spreadOf(hundred)).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, max: 100 });
  expect(spreadOf([7.26])).toEqual({ count: 1, p50: 7.3, p95: 7.3, p99: 7.3, max: 7.3 });
  expect(spreadOf([3, 1])).toEqual({ count: 2, p50: 1, p95: 3, p99: 3, max: 3 });
});

it('only ever grows from p50 to the maximum', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -100, max: 10_000 }), { minLength: 1 }), (values) => {
      const { p50, p95, p99, max } = spreadOf(values)!;
      expect(p50 <= p95 && p95 <= p99 && p99 <= max).toBe(true);
      expect(max).toBe(Math.max(...values));
    }),
  );
});
