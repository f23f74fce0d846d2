import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000 };
const WRITTEN = /^(\d+(?:\.\d+)?) ?(ms|s|min)$/;

/** A length of time as people write it, "2s", "500ms", "1.5 s", "1min"; milliseconds. Undefined when it is none. */
export function readDuration(text: string): number | undefined {
  const [, amount, unit = ''] = WRITTEN.exec(text.trim()) ?? [];
  return amount === undefined ? undefined : Number(amount) * (UNITS[unit] ?? Number.NaN);
}

/** The same for a schema; what comes out are milliseconds. */
export const duration = z
  .string('a length of time is written like 2s, 500ms or 1min')
  .regex(WRITTEN, 'a length of time is written like 2s, 500ms or 1min')
  .transform((text) => readDuration(text) ?? 0)
  .meta({ description: 'a length of time: 2s, 500ms, 1min' });

/** "1.5 s", "300 ms": as short as it is exact. */
export function durationText(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${Number((ms / 1_000).toFixed(1))} s`;
}
