import type { DatabaseFacts } from '@app/store';
import { green, red, yellow, type Finding } from '../finding';

/** The oldest that is tested (docs/generated/env.md says so too). */
const OLDEST = 140_000;
const CLOCK_OFF_MS = 5_000;

/** What the facts of the database mean. `now` is our clock, epoch ms, at the moment they were read. */
export function databaseFindings(facts: DatabaseFacts, now: number): Finding[] {
  return [version(facts), migrations(facts), ...keys(facts), clock(facts, now)];
}

function version({ versionNumber, version: text }: DatabaseFacts): Finding {
  return versionNumber >= OLDEST
    ? green('postgres.version', `Postgres ${text}`)
    : red('postgres.version', `Postgres ${text} is too old.`, 'Postgres 14 or newer is needed.');
}

function migrations({ missing, unknown }: DatabaseFacts): Finding {
  if (missing.length > 0)
    return red(
      'postgres.migrations',
      `The schema lacks ${missing.length} migrations, from ${missing[0] ?? ''} on.`,
      'Run node dist/libs/store/src/migrate.js (the service "migrate"), then start gateway and worker anew.',
    );
  if (unknown.length > 0)
    return yellow(
      'postgres.migrations',
      `The schema is that of a newer release: ${unknown.join(', ')}.`,
      'Use the release that made it: this one may not know what it finds.',
    );
  return green('postgres.migrations', 'The schema is up to date');
}

function keys({ sealedWithOtherKeys }: DatabaseFacts): Finding[] {
  if (sealedWithOtherKeys === 0) return [];
  const text = `${sealedWithOtherKeys} secrets are not sealed with the first of SECRET_KEYS.`;
  return [yellow('postgres.keys', text, 'Run "portals reseal"; keep the old keys until then.')];
}

function clock({ now: theirs }: DatabaseFacts, now: number): Finding {
  return clockFinding('postgres.clock', 'The clock of Postgres', theirs - now, CLOCK_OFF_MS);
}

/**
 * What it means that a clock differs from ours.
 *
 * @param offMs how far it is ahead, ms
 */
export function clockFinding(check: string, whose: string, offMs: number, tolerableMs: number): Finding {
  const off = Math.abs(Math.round(offMs / 1000));
  if (Math.abs(offMs) <= tolerableMs) return green(check, `${whose} agrees with ours`);
  const text = `${whose} is ${off} s ${offMs > 0 ? 'ahead of' : 'behind'} ours.`;
  const cure = 'Let every machine follow a time server (NTP): times of calls and time-outs depend on it.';
  return Math.abs(offMs) > 60_000 ? red(check, text, cure) : yellow(check, text, cure);
}
