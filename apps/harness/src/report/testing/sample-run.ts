import type { RunRecord, ScenarioRecord } from '../run-record';
import { answeredCall } from './answered-call';
import { aRun } from './build';
import { cardLeftOpen } from './card-left-open';
import { brokenScenario, outage, skippedScenario } from './other-scenarios';

/** A run with one scenario of each kind. */
export function sampleRun(): RunRecord {
  return aRun([answeredCall(), cardLeftOpen(), outage(), brokenScenario(), skippedScenario()]);
}

/** As many scenarios as asked for, one in twelve of them failed. */
export function bigRun(count: number): RunRecord {
  const kinds = [answeredCall, outage, answeredCall, outage, answeredCall, cardLeftOpen];
  return aRun(
    Array.from({ length: count }, (_, i): ScenarioRecord => {
      const kind = i % 12 === 5 ? cardLeftOpen : (kinds[i % 5] ?? answeredCall);
      const scenario = kind();
      return { ...scenario, id: `${scenario.id}-${i}`, title: `${scenario.title} (${i})` };
    }),
  );
}
