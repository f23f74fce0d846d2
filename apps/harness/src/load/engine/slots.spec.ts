import type { PlannedCall } from '../plan/planned-call';
import { eachInItsSlot } from './slots';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const call = (number: number, atMs: number): PlannedCall => ({
  number,
  atMs,
  kind: 'inbound',
  fate: 'answered',
  client: `7910000000${number}`,
  from: '',
  to: '',
  rings: [],
  ringMs: 0,
  talkMs: 0,
});
const PLAN = [call(1, 0), call(2, 100), call(3, 200), call(4, 900)];

it('each call is placed in its slot, and none after the end', () => {
  const placed: number[] = [];
  const stop = eachInItsSlot(PLAN, ({ number }) => placed.push(number));
  expect(placed).toEqual([1]);
  jest.advanceTimersByTime(250);
  expect(placed).toEqual([1, 2, 3]);
  stop();
  jest.advanceTimersByTime(5_000);
  expect(placed).toEqual([1, 2, 3]);
});

it('a slot that has passed is lost, and shifts no other', () => {
  const placed: number[] = [];
  const began = performance.now();
  let stalledMs = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => Date.now() + began + stalledMs);
  eachInItsSlot(PLAN, ({ number }) => {
    placed.push(number);
    // The first call keeps the machine busy for half a second: no timer fires meanwhile.
    if (number === 1) stalledMs = 500;
  });
  jest.advanceTimersByTime(399);
  expect(placed).toEqual([1]);
  jest.advanceTimersByTime(2);
  expect(placed).toEqual([1, 4]);
});
