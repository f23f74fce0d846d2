import { failureText } from './failure-text';
import { NO_PAINT, outcomeWord, type Paint } from './live/paint';
import type { RunRecord, ScenarioRecord } from './run-record';
import { visibleText } from './text/visible-text';
import { totalsOf, totalsText } from './totals';

export interface SummaryOptions {
  /** Columns of the terminal. */
  readonly width?: number;
  readonly paint?: Paint;
  /** The folder of the scenario files, put before their names. */
  readonly folder?: string;
}

/** The ladders of more failures than this are for the page to show. */
const MOST_LADDERS = 5;

/** What to print when a run is over: every failure with its ladder, then the count. */
export function runSummary(run: RunRecord, options: SummaryOptions = {}): string {
  const bad = run.scenarios.filter(({ outcome }) => outcome.kind === 'failed' || outcome.kind === 'broken');
  const told = bad.slice(0, MOST_LADDERS).map((scenario) => failureBlock(scenario, options));
  const untold = bad.slice(MOST_LADDERS).map((scenario) => headOf(scenario, options));
  const rest = untold.length > 0 ? [['Also:', ...untold].join('\n')] : [];
  return [...told, ...rest, totalsText(totalsOf(run.scenarios))].join('\n\n');
}

function failureBlock(scenario: ScenarioRecord, options: SummaryOptions): string {
  return `${headOf(scenario, options)}\n${failureText(scenario, options)}`;
}

function headOf({ outcome, title }: ScenarioRecord, { paint = NO_PAINT }: SummaryOptions): string {
  return `${outcomeWord(outcome.kind, paint)} ${paint.bold(visibleText(title))}`;
}
