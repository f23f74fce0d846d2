import type { Listeners } from './listeners';
import { failureLine } from '../../report/failure-text';
import {
  NO_EVIDENCE,
  RUN_RECORD_FORMAT,
  RUN_RECORD_VERSION,
  type RunRecord,
  type ScenarioOutcome,
  type ScenarioRecord,
  type TargetRecord,
} from '../../report/run-record';
import { exitCodeOf, totalsOf } from '../../report/totals';
import type { TargetKind } from '../../world/target-switch';
import type { World, WorldSettings } from '../../world/world';
import { messageOf } from '../run/perform-steps';
import { runScenario, type RunScenarioOptions, type ScenarioHead } from '../run/run-scenario';
import type { FoundScenario } from './read-folder';
import type { RunningSwitch } from './running-switch';
import { whySkipped } from './select';
import { Worlds } from './worlds';

export interface SuiteOptions {
  readonly target: TargetKind;
  readonly parallel: number;
  readonly buildWorld: (settings: WorldSettings, signal?: AbortSignal) => Promise<World>;
  readonly listeners: Listeners;
  readonly signal: AbortSignal;
  /** Called for each scenario that was not good, before its world is taken down. */
  readonly onJudged?: RunScenarioOptions['onJudged'];
  /** The switch that all of them are played on, if it ran before. */
  readonly running?: RunningSwitch;
  /** Why nothing can be run at all. */
  readonly skipAll?: string;
}

/** Plays scenarios, several at a time, and gives the record of the run. */
export async function runSuite(found: readonly FoundScenario[], options: SuiteOptions): Promise<RunRecord> {
  return new SuiteRun(found, options).run();
}

class SuiteRun {
  readonly #startedAt = new Date();
  readonly #records: ScenarioRecord[] = [];
  readonly #worlds: Worlds;
  #target: TargetRecord;

  constructor(
    private readonly found: readonly FoundScenario[],
    private readonly options: SuiteOptions,
  ) {
    this.#worlds = new Worlds(options.buildWorld, options.signal);
    this.#target = { kind: options.target, version: '' };
  }

  async run(): Promise<RunRecord> {
    const { listeners, parallel } = this.options;
    await this.#meetSwitch();
    listeners.tell({
      event: 'run-started',
      at: this.#startedAt.toISOString(),
      suite: 'scenarios',
      target: this.#target,
      scenarios: this.found.length,
      parallel,
    });
    const queue = this.#inOrder();
    await Promise.all(Array.from({ length: parallel }, () => this.#work(queue)));
    await this.#worlds.close();
    return this.#over();
  }

  /** Builds the first world before anything is told: it tells which switch this is. What goes wrong, goes wrong again later. */
  async #meetSwitch(): Promise<void> {
    const first = this.#inOrder().find((found) => found.scenario && this.#whySkipped(found) === undefined);
    if (!first?.scenario) return;
    try {
      const world = await this.#worlds.take(first.scenario.settings);
      this.#target = { kind: world.target.kind, version: world.target.shortVersion };
      await this.#worlds.giveBack(world);
    } catch {
      return;
    }
  }

  /** Those that share settings follow each other, so that they share worlds; else the order of the files. */
  #inOrder(): FoundScenario[] {
    const key = ({ scenario }: FoundScenario): string => (scenario ? Worlds.keyOf(scenario.settings) : '');
    return this.found.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  }

  async #work(queue: FoundScenario[]): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (this.options.signal.aborted) return;
      this.#records.push(await this.#one(next));
    }
  }

  async #one(found: FoundScenario): Promise<ScenarioRecord> {
    const reason = this.#whySkipped(found);
    const { scenario, error } = found;
    if (error) return this.#ended(this.#without(found, { kind: 'broken', error: error.message }));
    if (reason !== undefined || !scenario)
      return this.#ended(this.#without(found, { kind: 'skipped', reason: reason ?? 'it was not read' }));
    this.options.listeners.tell({
      event: 'scenario-started',
      at: new Date().toISOString(),
      ...headOf(found),
      steps: scenario.steps.length,
    });
    return this.#ended(await this.#play(found));
  }

  #whySkipped(found: FoundScenario): string | undefined {
    const { target, skipAll, running } = this.options;
    const { scenario } = found;
    return skipAll ?? whySkipped(found, target) ?? (scenario && running?.whyNot(scenario.settings));
  }

  async #play(found: FoundScenario): Promise<ScenarioRecord> {
    const { scenario } = found;
    if (!scenario) throw new Error('only scenarios that were read are played');
    const head = headOf(found);
    const { signal, onJudged } = this.options;
    let world: World;
    try {
      world = await this.#worlds.take(scenario.settings);
    } catch (error) {
      return this.#without(found, { kind: 'broken', error: messageOf(error) });
    }
    try {
      return await runScenario(scenario, world, { head, watcher: this.#watcher(head), signal, onJudged });
    } finally {
      await this.#worlds.giveBack(world);
    }
  }

  #watcher({ id }: ScenarioHead): RunScenarioOptions['watcher'] {
    const { listeners } = this.options;
    const at = (): string => new Date().toISOString();
    return {
      began: (step, told) => listeners.tell({ event: 'step-started', at: at(), id, step, ...told }),
      ended: (step, { outcome, beganMs = 0, endedMs = 0, expected, came }) =>
        listeners.tell({
          event: 'step-ended',
          at: at(),
          id,
          step,
          outcome: outcome === 'not-reached' ? 'broken' : outcome,
          durationMs: endedMs - beganMs,
          ...(expected !== undefined && { expected }),
          ...(came !== undefined && { came }),
        }),
    };
  }

  #without(found: FoundScenario, outcome: ScenarioOutcome): ScenarioRecord {
    const startedAt = new Date().toISOString();
    return { ...NO_EVIDENCE, ...headOf(found), outcome, startedAt, durationMs: 0, steps: [], actors: [] };
  }

  #ended(record: ScenarioRecord): ScenarioRecord {
    const { id, file, title, outcome, durationMs } = record;
    const reason = failureLine(record);
    this.options.listeners.tell({
      event: 'scenario-ended',
      at: new Date().toISOString(),
      id,
      file,
      title,
      outcome: outcome.kind,
      durationMs,
      ...(reason !== undefined && { reason }),
    });
    return record;
  }

  #over(): RunRecord {
    const { signal, listeners } = this.options;
    const endedAt = new Date();
    const interrupted = signal.aborted ? messageOf(signal.reason) : undefined;
    const record: RunRecord = {
      format: RUN_RECORD_FORMAT,
      version: RUN_RECORD_VERSION,
      suite: 'scenarios',
      target: this.#target,
      startedAt: this.#startedAt.toISOString(),
      endedAt: endedAt.toISOString(),
      environment: [
        { name: 'Node.js', value: process.versions.node },
        { name: 'parallel', value: String(this.options.parallel) },
      ],
      scenarios: this.#records,
      ...(interrupted !== undefined && { interrupted }),
    };
    listeners.tell({
      event: 'run-ended',
      at: record.endedAt,
      durationMs: endedAt.getTime() - this.#startedAt.getTime(),
      totals: totalsOf(record.scenarios),
      exitCode: exitCodeOf(record),
      ...(interrupted !== undefined && { interrupted }),
    });
    return record;
  }
}

function headOf({ id, file, source, scenario }: FoundScenario): ScenarioHead {
  return { id, file, source, title: scenario?.title ?? file, tags: scenario?.tags ?? [] };
}
