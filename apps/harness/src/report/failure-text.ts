import { asciiLadder, type AsciiOptions } from './ladder/ascii-ladder';
import { ladderOf } from './ladder/ladder';
import { logText } from './log-text';
import type { ScenarioRecord, StepRecord } from './run-record';
import { visibleLines, visibleText } from './text/visible-text';

/** What went wrong, as one line: for lists and attributes. Undefined when nothing did. */
export function failureLine(scenario: Pick<ScenarioRecord, 'outcome' | 'steps'>): string | undefined {
  const { outcome } = scenario;
  if (outcome.kind === 'skipped') return visibleText(outcome.reason);
  if (outcome.kind === 'broken') return visibleText(outcome.error.trim().split('\n')[0] ?? '');
  if (outcome.kind === 'passed') return undefined;
  const [first, ...more] = failedSteps(scenario);
  if (!first) return 'failed';
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  const difference = first.came === undefined ? '' : `: ${first.came}`;
  return visibleText(`line ${first.line}: ${first.text}${difference}${others}`);
}

/**
 * All about a failure as plain text: where, what was expected, what came, what the services logged, and the ladder.
 *
 * @param folder of the scenario files, put before the file so that tools find it
 */
export function failureText(
  scenario: ScenarioRecord,
  options: AsciiOptions & { folder?: string } = {},
): string {
  const { outcome, file, messages } = scenario;
  const path = visibleText(`${options.folder ? `${options.folder}/` : ''}${file}`);
  const parts = failedSteps(scenario).map((step) => stepText(step, path));
  if (outcome.kind === 'broken') parts.unshift(`at ${path}\n${visibleLines(outcome.error).trimEnd()}`);
  const logged = logText(scenario);
  if (logged !== undefined) parts.push(logged);
  if (messages.length > 0) parts.push(asciiLadder(ladderOf(scenario), options));
  return parts.join('\n\n');
}

export function failedSteps({ steps }: Pick<ScenarioRecord, 'steps'>): StepRecord[] {
  return steps.filter(({ outcome }) => outcome === 'failed' || outcome === 'broken');
}

function stepText({ text, line, expected, came }: StepRecord, path: string): string {
  return [
    `at ${path}:${line}  ${visibleText(text)}`,
    ...(expected === undefined ? [] : [labelled('expected: ', expected)]),
    ...(came === undefined ? [] : [labelled('came:     ', came)]),
  ].join('\n');
}

function labelled(label: string, text: string): string {
  return `  ${label}${visibleLines(text)
    .trimEnd()
    .replace(/\n/g, `\n  ${' '.repeat(label.length)}`)}`;
}
