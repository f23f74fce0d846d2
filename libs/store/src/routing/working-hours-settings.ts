import { z } from 'zod';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DAY = DAYS.join('|');
const NOT_DAYS = 'must be days like mon-fri, or sat, sun.';

/** ISO 8601: Monday is 1. */
type DayNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7;
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7] as const satisfies readonly DayNumber[];

const days = z
  .string()
  .regex(new RegExp(`^(${DAY})(-(${DAY}))?(\\s*,\\s*(${DAY})(-(${DAY}))?)*$`), NOT_DAYS)
  .transform((text): readonly DayNumber[] => text.split(',').flatMap((range) => daysOf(range.trim())));

/** `mon-fri`; `sat-mon` goes over the end of the week. */
function daysOf(range: string): readonly DayNumber[] {
  const [from = '', until = from] = range.split('-');
  const [first, last] = [numberOf(from), numberOf(until)];
  return ALL_DAYS.filter((day) =>
    first <= last ? day >= first && day <= last : day >= first || day <= last,
  );
}

function numberOf(day: string): number {
  return DAYS.findIndex((known) => known === day) + 1;
}

const time = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time in quotation marks, like "09:00".');

const span = z
  .strictObject({ days, from: time, until: time })
  .refine(({ from, until }) => from !== until, 'from and until are the same; "00:00" to "24:00" is all day.');

const timeZone = z.string().refine(isTimeZone, 'must be a time zone like Europe/Moscow.');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const holiday = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date in quotation marks, like "2027-01-01".')
  .refine((date) => !Number.isNaN(Date.parse(date)), 'must be a date that exists.');

/** When a line is open, by the clocks of its place. */
export const workingHours = z.strictObject({
  timeZone,
  /** None: closed until further notice. */
  open: z.array(span),
  holidays: z.array(holiday).default([]),
});
