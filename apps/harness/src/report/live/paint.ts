import type { OutcomeKind } from '../run-record';

/** Colours for a terminal. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly odd: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

const sgr =
  (on: number, off: number) =>
  (text: string): string =>
    `\u001b[${on}m${text}\u001b[${off}m`;

const COLOURS: Paint = {
  good: sgr(32, 39),
  bad: sgr(31, 39),
  odd: sgr(33, 39),
  dim: sgr(2, 22),
  bold: sgr(1, 22),
};

const same = (text: string): string => text;
export const NO_PAINT: Paint = { good: same, bad: same, odd: same, dim: same, bold: same };

/** A word for each outcome, all of one width. */
export const OUTCOME_WORDS: Readonly<Record<OutcomeKind, string>> = {
  passed: 'ok    ',
  failed: 'FAILED',
  broken: 'BROKEN',
  skipped: 'skip  ',
};

/** No colours into files and pipes, on terminals that have none, and for people who want none (https://no-color.org). */
export function paintFor(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Paint {
  return isTerminal && !env.NO_COLOR && env.TERM !== 'dumb' ? COLOURS : NO_PAINT;
}

/** The word for an outcome in its colour. */
export function outcomeWord(kind: OutcomeKind, paint: Paint): string {
  const colour = { passed: paint.good, failed: paint.bad, broken: paint.odd, skipped: paint.dim }[kind];
  return colour(OUTCOME_WORDS[kind]);
}
