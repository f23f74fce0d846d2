import { PhoneError, WaitError } from '../../phones';
import type { StepRecord } from '../../report/run-record';
import { DeadlineError, pauseFor } from '../../processes/until';
import type { Step } from '../language/step';
import type { Scene } from './scene';
import { StepFailure } from './step-failure';

/** How long something is waited for when a scenario does not say. */
const USUAL_WAIT_MS = 8_000;

/** Is told how far a scenario is. */
export interface StepWatcher {
  began(index: number, step: Pick<StepRecord, 'line' | 'text' | 'deadlineMs'>): void;
  ended(index: number, record: StepRecord): void;
}

/** What became of the steps of a scenario. */
export interface Performance {
  readonly records: readonly StepRecord[];
  /** What was thrown that is no failure of the product: the scenario or its surroundings do not work. */
  readonly broken?: unknown;
}

/** Performs one step after another, until the first that goes wrong. */
export async function performSteps(
  steps: readonly Step[],
  scene: Scene,
  watcher: StepWatcher,
): Promise<Performance> {
  const records: StepRecord[] = [];
  let sinceMs = Date.now();
  for (const [index, step] of steps.entries()) {
    const beganAt = Date.now();
    const { record, broken } = await performStep({ step, index, sinceMs }, scene, watcher);
    sinceMs = beganAt;
    records.push(record);
    if (record.outcome === 'passed') continue;
    const rest = steps
      .slice(index + 1)
      .map(({ text, line }): StepRecord => ({ text, line, outcome: 'not-reached' }));
    return { records: [...records, ...rest], broken };
  }
  return { records };
}

async function performStep(
  { step, index, sinceMs }: { readonly step: Step; readonly index: number; readonly sinceMs: number },
  scene: Scene,
  watcher: StepWatcher,
): Promise<{ record: StepRecord; broken?: unknown }> {
  const { text, line, verb, subject, args, forMs } = step;
  const withinMs = step.withinMs ?? USUAL_WAIT_MS;
  const told = { text, line, ...(verb.mood === 'awaits' && { deadlineMs: withinMs + (forMs ?? 0) }) };
  watcher.began(index, told);
  const beganMs = Date.now() - scene.beginning.at;
  const over = (rest: Pick<StepRecord, 'outcome' | 'expected' | 'came'>): StepRecord => {
    const record = { ...told, beganMs, endedMs: Date.now() - scene.beginning.at, ...rest };
    watcher.ended(index, record);
    return record;
  };
  try {
    if (step.afterMs !== undefined) await pauseFor(step.afterMs, scene.signal);
    const who = subject.phones.flatMap(({ who: id, device }) => scene.telephony.of(id, device));
    const names = [...new Set(subject.phones.map(({ who: id }) => id))];
    await verb.perform({ scene, who, names, kind: subject.kind, args, withinMs, forMs, sinceMs });
    return { record: over({ outcome: 'passed' }) };
  } catch (error) {
    const failure = failureOf(error, text);
    if (failure) return { record: over({ outcome: 'failed', ...failure }) };
    return { record: over({ outcome: 'broken', came: messageOf(error) }), broken: error };
  }
}

/** What the product did wrong; undefined for everything that it is not to blame for. */
function failureOf(error: unknown, text: string): { expected: string; came: string } | undefined {
  if (error instanceof StepFailure) return { expected: error.expected, came: error.came };
  if (error instanceof WaitError)
    return { expected: error.expected, came: [error.why, ...error.came].join('; ') };
  if (error instanceof PhoneError || error instanceof DeadlineError)
    return { expected: text, came: error.message };
  return undefined;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
