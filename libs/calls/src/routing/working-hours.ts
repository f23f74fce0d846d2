/** Monday is 1, Sunday is 7 (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** From the first minute to the last but one; `until` may be 24:00. One that ends before it begins goes on after midnight. */
export interface OpenSpan {
  readonly days: readonly Weekday[];
  /** `HH:MM`. */
  readonly from: string;
  readonly until: string;
}

/** When a line is open, by the clocks of its place. */
export interface WorkingHours {
  /** IANA name, for example `Europe/Moscow`. */
  readonly timeZone: string;
  readonly open: readonly OpenSpan[];
  /** `YYYY-MM-DD`: closed although it is an open day. */
  readonly holidays: readonly string[];
}

/** Date and time of day at a place. */
interface LocalTime {
  readonly date: string;
  readonly weekday: Weekday;
  /** Minutes since midnight. */
  readonly minute: number;
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * Whether a line is open. Its clocks are what counts: where they are put forward or back, opening times move with them. A
 * span after midnight belongs to the day on which it began, as far as holidays are concerned.
 *
 * @param at epoch ms
 */
export function isOpen({ timeZone, open, holidays }: WorkingHours, at: number): boolean {
  const today = localTime(at, timeZone);
  const yesterday = dayBefore(today);
  return open.some(({ days, from, until }) => {
    const [begin, end] = [minuteOf(from), minuteOf(until)];
    const isOn = (day: LocalTime) => days.includes(day.weekday) && !holidays.includes(day.date);
    if (begin < end) return isOn(today) && today.minute >= begin && today.minute < end;
    return (isOn(today) && today.minute >= begin) || (isOn(yesterday) && today.minute < end);
  });
}

function localTime(at: number, timeZone: string): LocalTime {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  return { date, weekday: weekdayOf(date), minute: minuteOf(`${part('hour')}:${part('minute')}`) };
}

/** Of the calendar, not of the clock: a day may have 23 hours. */
function dayBefore({ date, minute }: LocalTime): LocalTime {
  const before = new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
  return { date: before, weekday: weekdayOf(before), minute };
}

const WEEKDAYS = [7, 1, 2, 3, 4, 5, 6] as const satisfies readonly Weekday[];

function weekdayOf(date: string): Weekday {
  return WEEKDAYS[new Date(Date.parse(date)).getUTCDay()] ?? 1;
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
