import type { OutcomeKind, RunRecord, ScenarioRecord } from './run-record';

/** How many scenarios ended how. */
export type Totals = Readonly<Record<OutcomeKind, number>>;

/** Worst first: the order in which people want to read them. */
export const OUTCOME_KINDS = ['failed', 'broken', 'passed', 'skipped'] as const satisfies OutcomeKind[];

export function totalsOf(scenarios: readonly Pick<ScenarioRecord, 'outcome'>[]): Totals {
  const count = (kind: OutcomeKind): number =>
    scenarios.filter(({ outcome }) => outcome.kind === kind).length;
  return {
    failed: count('failed'),
    broken: count('broken'),
    passed: count('passed'),
    skipped: count('skipped'),
  };
}

/** "2 failed, 1 broken, 57 passed"; what there is none of is left out. */
export function totalsText(totals: Totals): string {
  const parts = OUTCOME_KINDS.filter((kind) => totals[kind] > 0).map((kind) => `${totals[kind]} ${kind}`);
  return parts.join(', ') || 'no scenarios';
}

/**
 * The exit code of a run, for CI:
 * - 0: every scenario passed or was skipped, and at least one passed;
 * - 1: at least one failed: the product or the dialplan is wrong;
 * - 3: none failed, but one is broken or the run was interrupted: nobody can tell;
 * - 4: nothing was tested: no scenario matched, or all were skipped.
 *
 * 2 is left for a command line that makes no sense.
 */
export function exitCodeOf({ scenarios, interrupted }: Pick<RunRecord, 'scenarios' | 'interrupted'>): number {
  const totals = totalsOf(scenarios);
  if (totals.failed > 0) return 1;
  if (totals.broken > 0 || interrupted !== undefined) return 3;
  return totals.passed > 0 ? 0 : 4;
}
