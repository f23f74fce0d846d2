import { isOpen, type OpenSpan, type WorkingHours } from './working-hours';

const WORKDAYS = [1, 2, 3, 4, 5] as const;

function hours(open: readonly OpenSpan[], rest: Partial<WorkingHours> = {}): WorkingHours {
  return { timeZone: 'Europe/Moscow', open, holidays: [], ...rest };
}

const openAt = (when: WorkingHours, time: string) => isOpen(when, Date.parse(time));

describe('working hours', () => {
  const office = hours([{ days: WORKDAYS, from: '09:00', until: '18:00' }], { holidays: ['2026-11-24'] });

  it('are those of the line’s place, whatever clock the server has', () => {
    expect(openAt(office, '2026-11-23T05:59:59Z')).toBe(false);
    expect(openAt(office, '2026-11-23T06:00:00Z')).toBe(true);
    expect(openAt(office, '2026-11-23T14:59:59Z')).toBe(true);
    expect(openAt(office, '2026-11-23T15:00:00Z')).toBe(false);
  });

  it('are not on holidays and weekends', () => {
    expect(openAt(office, '2026-11-24T09:00:00Z')).toBe(false);
    expect(openAt(office, '2026-11-28T09:00:00Z')).toBe(false);
    // 23:30 of a holiday in London is the next day in Moscow.
    expect(
      openAt({ ...office, open: [{ days: [3], from: '00:00', until: '09:00' }] }, '2026-11-24T23:30:00Z'),
    ).toBe(true);
  });

  it('may be all day, and may have a break', () => {
    const allDay = hours([{ days: [7], from: '00:00', until: '24:00' }]);
    expect(openAt(allDay, '2026-11-29T20:59:59Z')).toBe(true);
    expect(openAt(allDay, '2026-11-29T21:00:00Z')).toBe(false);
    const withBreak = hours([
      { days: [1], from: '09:00', until: '13:00' },
      { days: [1], from: '14:00', until: '18:00' },
    ]);
    expect(openAt(withBreak, '2026-11-23T10:30:00Z')).toBe(false);
    expect(openAt(withBreak, '2026-11-23T11:00:00Z')).toBe(true);
  });

  it('may go on after midnight: the night belongs to the day on which it began', () => {
    const night = hours([{ days: [5], from: '22:00', until: '06:00' }], { holidays: ['2026-11-27'] });
    const other = { ...night, holidays: [] };
    expect(openAt(other, '2026-11-27T20:00:00Z')).toBe(true);
    expect(openAt(other, '2026-11-28T02:59:00Z')).toBe(true);
    expect(openAt(other, '2026-11-28T03:00:00Z')).toBe(false);
    expect(openAt(other, '2026-11-27T02:00:00Z')).toBe(false);
    expect(openAt(night, '2026-11-28T02:59:00Z')).toBe(false);
  });

  it('move with the clocks: nine is nine before and after daylight saving begins', () => {
    const berlin = hours([{ days: [5, 1], from: '09:00', until: '10:00' }], { timeZone: 'Europe/Berlin' });
    expect(openAt(berlin, '2026-03-27T08:00:00Z')).toBe(true);
    expect(openAt(berlin, '2026-03-30T07:00:00Z')).toBe(true);
    expect(openAt(berlin, '2026-03-30T08:00:00Z')).toBe(false);
  });

  it('know zones of half hours, and the first hour of a day', () => {
    const delhi = hours([{ days: [1], from: '00:00', until: '00:30' }], { timeZone: 'Asia/Kolkata' });
    expect(openAt(delhi, '2026-11-22T18:30:00Z')).toBe(true);
    expect(openAt(delhi, '2026-11-22T19:00:00Z')).toBe(false);
  });
});
