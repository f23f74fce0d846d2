import fc from 'fast-check';
import { localTime, timeCheck, type LocalTime, type TimeAttribute } from './time-conditions';

/** A Tuesday. */
const NOON: LocalTime = { year: 2026, month: 11, day: 24, hour: 12, minute: 5, second: 30 };
const check = (attribute: TimeAttribute, value: string, time: Partial<LocalTime> = {}) =>
  timeCheck(attribute, value)({ ...NOON, ...time });

describe('a condition on the clock', () => {
  it.each<[TimeAttribute, string, boolean]>([
    ['year', '2026', true],
    ['mon', '1-3,11', true],
    ['mday', '25-23', false],
    ['yday', '328', true],
    ['week', '47', true],
    ['mweek', '4', true],
    ['wday', '3', true],
    ['wday', 'mon-wed', true],
    ['wday', 'fri-mon', false],
    ['hour', '22-6', false],
    ['minute', '5', true],
    ['minute-of-day', '726', true],
    ['time-of-day', '12:05:30-12:06', true],
    ['time-of-day', '22:00-06:00,12:00-13:00', true],
    ['date-time', '2026-11-24 12:05:30~2026-11-25', true],
    ['date-time', '2026-11-01~2026-11-24 12:05:30', false],
  ])('%s="%s" is %s', (attribute, value, expected) => {
    expect(check(attribute, value)).toBe(expected);
  });

  it('goes over midnight', () => {
    expect([21, 22, 23, 0, 6, 7].map((hour) => check('hour', '22-6', { hour }))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it.each<[TimeAttribute, string]>([
    ['hour', '9-17h'],
    ['hour', ''],
    ['wday', 'monday'],
    ['time-of-day', '9-17'],
    ['date-time', '24.12.2026~25.12.2026'],
  ])('does not guess at %s="%s"', (attribute, value) => {
    expect(() => timeCheck(attribute, value)).toThrow();
  });

  it('splits the hours of a day between a range and the reversed one', () => {
    fc.assert(
      fc.property(fc.nat(23), fc.nat(23), fc.nat(23), (from, to, hour) => {
        fc.pre((to + 1) % 24 !== from);
        const inside = check('hour', `${from}-${to}`, { hour });
        const outside = check('hour', `${(to + 1) % 24}-${(from + 23) % 24}`, { hour });
        expect(inside).toBe(!outside);
      }),
    );
  });

  it('knows the clock of a place', () => {
    const now = new Date('2026-12-31T23:30:00Z');
    expect(localTime(now, { name: 'Europe/Moscow' })).toEqual({
      year: 2027,
      month: 1,
      day: 1,
      hour: 2,
      minute: 30,
      second: 0,
    });
    expect(localTime(now, { offsetHours: 3 })).toEqual(localTime(now, { name: 'Europe/Moscow' }));
  });
});
