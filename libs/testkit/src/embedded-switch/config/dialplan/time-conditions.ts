/** Attributes by which a condition looks at the clock, as they are written. */
export const TIME_ATTRIBUTES = [
  'date-time',
  'year',
  'yday',
  'mon',
  'mday',
  'week',
  'mweek',
  'wday',
  'hour',
  'minute',
  'minute-of-day',
  'time-of-day',
] as const;
export type TimeAttribute = (typeof TIME_ATTRIBUTES)[number];

/** A moment on the clock of a place. */
export interface LocalTime {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

type Check = (time: LocalTime) => boolean;

const NUMBERS = /^\d+(-\d+)?(,\d+(-\d+)?)*$/;
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY_MS = 86_400_000;

/**
 * The check that one attribute stands for (switch_xml.c, `switch_xml_std_datetime_check`). Ranges may run backwards, over the
 * end of the day or week; minute-of-day counts from 1, and wday has 1 for Sunday.
 *
 * @throws Error when the value cannot be understood: FreeSWITCH would take it for "never"
 */
export function timeCheck(attribute: TimeAttribute, value: string): Check {
  switch (attribute) {
    case 'date-time':
      return dateTimeCheck(value);
    case 'time-of-day':
      return timeOfDayCheck(value);
    case 'wday':
      return numbers(weekdays(value), (time) => weekday(time) + 1);
    case 'year':
      return numbers(value, ({ year }) => year);
    case 'yday':
      return numbers(value, (time) => dayOfYear(time) + 1);
    case 'mon':
      return numbers(value, ({ month }) => month);
    case 'mday':
      return numbers(value, ({ day }) => day);
    case 'week':
      return numbers(value, (time) => Math.floor(dayOfYear(time) / 7) + 1);
    case 'mweek':
      return numbers(value, weekOfMonth);
    case 'hour':
      return numbers(value, ({ hour }) => hour);
    case 'minute':
      return numbers(value, ({ minute }) => minute);
    case 'minute-of-day':
      return numbers(value, ({ hour, minute }) => hour * 60 + minute + 1);
  }
}

/** What the clock of a place says: an offset in hours, the name of a zone, or (neither) the clock of this process. */
export function localTime(now: Date, zone: { offsetHours?: number; name?: string } = {}): LocalTime {
  if (zone.offsetHours !== undefined)
    return localTime(new Date(now.getTime() + zone.offsetHours * 3_600_000), { name: 'UTC' });
  const parts = new Intl.DateTimeFormat('en-US', {
    ...(zone.name !== undefined && { timeZone: zone.name }),
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(now);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: of('year'),
    month: of('month'),
    day: of('day'),
    hour: of('hour'),
    minute: of('minute'),
    second: of('second'),
  };
}

function numbers(list: string, valueOf: (time: LocalTime) => number): Check {
  if (!NUMBERS.test(list)) throw new Error(`${list}: numbers and ranges with commas are wanted, like 1-5,7`);
  const ranges = list.split(',').map((part) => part.split('-').map(Number));
  return (time) => {
    const value = valueOf(time);
    return ranges.some(([from = 0, to = from]) => isWithin(value, from, to));
  };
}

/** A range that ends before it begins goes over the end. */
function isWithin(value: number, from: number, to: number): boolean {
  return from <= to ? value >= from && value <= to : value >= from || value <= to;
}

function weekdays(list: string): string {
  return list.replace(/[A-Za-z]+/g, (name) => {
    const index = DAYS.indexOf(name.toLowerCase());
    if (index < 0) throw new Error(`${name} is no day: sun, mon, tue, wed, thu, fri or sat`);
    return String(index + 1);
  });
}

function timeOfDayCheck(list: string): Check {
  const ranges = list.split(',').map((part) => {
    const [from, to] = part.split('-').map(secondsOfDay);
    if (from === undefined || to === undefined)
      throw new Error(`${part}: a range like 08:30-17:00 is wanted`);
    return { from, to };
  });
  return ({ hour, minute, second }) =>
    ranges.some(({ from, to }) => isWithin(hour * 3600 + minute * 60 + second, from, to));
}

function secondsOfDay(text: string): number {
  const [, hour, minute, second = '0'] = /^\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*$/.exec(text) ?? [];
  if (hour === undefined || minute === undefined) throw new Error(`${text} is no time of day`);
  return Number(hour) * 3600 + Number(minute) * 60 + Number(second);
}

/** `2026-12-24 12:00~2027-01-02 09:00`: from, and up to but not at. */
function dateTimeCheck(list: string): Check {
  const ranges = list.split(',').map((part) => {
    const [from, to] = part.split('~').map(comparable);
    if (from === undefined || to === undefined) throw new Error(`${part}: a range with ~ is wanted`);
    return { from, to };
  });
  return (time) => {
    const { year, month, day, hour, minute, second } = time;
    const now = Date.UTC(year, month - 1, day, hour, minute, second);
    return ranges.some(({ from, to }) => now >= from && now < to);
  };
}

function comparable(text: string): number {
  const match = /^\s*(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2})(?::(\d{2}))?)?\s*$/.exec(text);
  if (!match) throw new Error(`${text}: YYYY-MM-DD hh:mm:ss is wanted`);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function weekday({ year, month, day }: LocalTime): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** From 0. */
function dayOfYear({ year, month, day }: LocalTime): number {
  return Math.round((Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 1)) / DAY_MS);
}

/** From 1; weeks begin on Sunday. */
function weekOfMonth(time: LocalTime): number {
  const firstDay = weekday({ ...time, day: 1 });
  return Math.ceil((time.day + firstDay) / 7);
}
