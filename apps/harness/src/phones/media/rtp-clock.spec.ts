import { RtpClock } from './rtp-clock';

let time = 1_000.7;
jest.mock('../journal/now', () => ({ now: () => time }));
beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** The timer goes off when it is this time. */
function wakeAt(at: number): void {
  time = at;
  jest.runOnlyPendingTimers();
}

describe('the clock of the sound', () => {
  it('loses no tick when a timer goes off a little early, as timers of whole milliseconds do', () => {
    const clock = new RtpClock();
    const one = { tick: jest.fn() };
    clock.add(one);
    const begun = time;
    for (let n = 1; n <= 5; n += 1) wakeAt(begun + 20 * n - 0.4);
    expect(one.tick).toHaveBeenCalledTimes(5);
    clock.remove(one);
  });

  it('catches up with what it was late for, and no more than 200 ms', () => {
    const clock = new RtpClock();
    const one = { tick: jest.fn() };
    clock.add(one);
    const begun = time;
    wakeAt(begun + 65);
    expect(one.tick).toHaveBeenCalledTimes(3);
    wakeAt(begun + 1_000);
    expect(one.tick).toHaveBeenCalledTimes(3 + 11);
    // Once: who listens must know how long nobody did.
    expect(one.tick.mock.calls.slice(3).map(([, slept]) => Math.round(slept as number))).toEqual([
      920,
      ...Array.from({ length: 10 }, () => 0),
    ]);
    expect(clock.skipped).toBe(36);
    clock.remove(one);
  });
});
