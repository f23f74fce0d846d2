import { failureLine } from '../failure-text';
import type { RunEvent } from '../run-event';
import type { RunRecord, ScenarioRecord } from '../run-record';
import { exitCodeOf, totalsOf } from '../totals';

/** What a run that gave this record told while it went on, one scenario after the other. */
export function eventsOf(run: RunRecord): RunEvent[] {
  const { scenarios, suite, target, startedAt, endedAt, interrupted } = run;
  return [
    { event: 'run-started', at: startedAt, suite, target, scenarios: scenarios.length, parallel: 1 },
    ...scenarios.flatMap(scenarioEvents),
    {
      event: 'run-ended',
      at: endedAt,
      durationMs: Date.parse(endedAt) - Date.parse(startedAt),
      totals: totalsOf(scenarios),
      exitCode: exitCodeOf(run),
      interrupted,
    },
  ];
}

function scenarioEvents(scenario: ScenarioRecord): RunEvent[] {
  const { id, file, title, tags, steps, startedAt: at, outcome, durationMs } = scenario;
  const ended: RunEvent = {
    event: 'scenario-ended',
    at,
    id,
    file,
    title,
    outcome: outcome.kind,
    reason: failureLine(scenario),
    durationMs,
  };
  if (outcome.kind === 'skipped') return [ended];
  const started: RunEvent = {
    event: 'scenario-started',
    at,
    id,
    file,
    title,
    tags,
    steps: steps.length,
  };
  return [started, ...steps.flatMap((_, index) => stepEvents(scenario, index)), ended];
}

function stepEvents({ id, steps, startedAt: at }: ScenarioRecord, index: number): RunEvent[] {
  const step = steps[index];
  if (step?.beganMs === undefined || step.outcome === 'not-reached') return [];
  const { line, text, deadlineMs, outcome, beganMs, endedMs = beganMs, expected, came } = step;
  return [
    { event: 'step-started', at, id, step: index, line, text, deadlineMs },
    {
      event: 'step-ended',
      at,
      id,
      step: index,
      outcome,
      durationMs: endedMs - beganMs,
      expected,
      came,
    },
  ];
}
