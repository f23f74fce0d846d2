import type { LadderRow } from './ladder';

/** Of a long ladder the beginning tells who calls whom; the end, or what comes before the failure, tells what went wrong. */
const SHARE_OF_BEGINNING = 0.25;

/** At most so many rows, and in place of those that are not there one that counts them. */
export function shortened(rows: readonly LadderRow[], maxRows: number): LadderRow[] {
  if (rows.length <= maxRows) return [...rows];
  const beginning = Math.floor((maxRows - 1) * SHARE_OF_BEGINNING);
  const rest = maxRows - 1 - beginning;
  const failure = rows.findLastIndex(({ kind }) => kind === 'failure');
  // The last rows, unless the failure lies before them: then those up to the failure and a few after it.
  const end = failure < 0 ? rows.length : Math.min(rows.length, failure + 1 + Math.floor(rest / 4));
  const start = Math.max(beginning, end - rest);
  const after = rows.length - end;
  return [
    ...rows.slice(0, beginning),
    ...leftOut(start - beginning),
    ...rows.slice(start, end),
    ...leftOut(after),
  ];
}

function leftOut(count: number): LadderRow[] {
  return count > 0 ? [{ kind: 'left-out', count }] : [];
}
