import { ScenarioPortal } from '../../world/scenario-portal';
import { installPortal } from '../../world/install-portal';
import type { World } from '../../world/world';
import {
  NO_EVIDENCE,
  type ScenarioOutcome,
  type ScenarioRecord,
  type StepRecord,
} from '../../report/run-record';
import { lookAround } from '../checks/aftermath';
import { checkAll } from '../checks/check-all';
import type { Check } from '../checks/check';
import { actorsOf, gatherEvidence } from '../evidence/gather';
import type { Scenario } from '../language/scenario';
import { messageOf, performSteps, type Performance, type StepWatcher } from './perform-steps';
import { beginningOf } from './beginning';
import { Scene } from './scene';
import { settle } from './settle';
import { Telephony } from './telephony';

/** What a report says of a scenario before it has run. */
export type ScenarioHead = Pick<ScenarioRecord, 'id' | 'file' | 'title' | 'tags' | 'source'>;

export interface RunScenarioOptions {
  readonly head: ScenarioHead;
  readonly watcher: StepWatcher;
  readonly signal?: AbortSignal;
  /** Called when everything is there and nothing has happened yet. */
  readonly onReady?: (scene: Scene) => void;
  /** Called between the steps and the judgement: mutation tests of the harness spoil something here. */
  readonly beforeChecks?: (scene: Scene) => void | Promise<void>;
  /** Called when all is judged and nothing is taken down yet. */
  readonly onJudged?: (scene: Scene, outcome: ScenarioOutcome) => Promise<void>;
}

/** Plays a scenario in a world, judges it, and gives what was seen. Never throws; a world that may be damaged is spent. */
export async function runScenario(
  scenario: Scenario,
  world: World,
  options: RunScenarioOptions,
): Promise<ScenarioRecord> {
  const run = new ScenarioRun(scenario, world, options);
  const record = await run.run();
  if (record.outcome.kind !== 'passed') world.spend(`${scenario.title}: ${record.outcome.kind}`);
  return record;
}

class ScenarioRun {
  readonly #startedAt = Date.now();
  readonly #closers: (() => Promise<void>)[] = [];

  constructor(
    private readonly scenario: Scenario,
    private readonly world: World,
    private readonly options: RunScenarioOptions,
  ) {}

  async run(): Promise<ScenarioRecord> {
    try {
      return await this.#play(await this.#setUp());
    } catch (error) {
      return this.#record({ outcome: { kind: 'broken', error: messageOf(error) }, steps: this.#unreached() });
    } finally {
      for (const close of this.#closers.splice(0).reverse())
        await close().catch(() => this.world.spend('it did not close'));
    }
  }

  async #setUp(): Promise<Scene> {
    const { scenario, world, options } = this;
    const { cast, settings } = scenario;
    const portal = await ScenarioPortal.open(cast, settings.crm);
    this.#closers.push(() => portal.close());
    await installPortal(world, portal, scenario);
    const beginning = await beginningOf(world);
    const telephony = await Telephony.open(cast, world.target);
    this.#closers.push(() => telephony.close());
    return new Scene({ world, portal, cast, telephony, beginning, signal: options.signal });
  }

  async #play(scene: Scene): Promise<ScenarioRecord> {
    const { scenario, options } = this;
    options.onReady?.(scene);
    const performance = await performSteps(scenario.steps, scene, options.watcher);
    const isGood = performance.records.every(({ outcome }) => outcome === 'passed');
    // A call that goes on after the last step is the scenario's mistake: it is said, and not waited for.
    const unsettled = isGood ? await settle(scene) : undefined;
    await options.beforeChecks?.(scene);
    const aftermath = await lookAround(scenario, scene, unsettled);
    const checks = isGood ? checkAll(aftermath) : [];
    const steps = [...performance.records, ...checks.map((check) => this.#checkRecord(check, scene))];
    const outcome = outcomeOf(performance, steps);
    await options.onJudged?.(scene, outcome);
    return this.#record({ ...gatherEvidence(aftermath), actors: actorsOf(scene), outcome, steps });
  }

  #checkRecord({ text, line, failure }: Check, scene: Scene): StepRecord {
    const atMs = Date.now() - scene.beginning.at;
    return { text, line, beganMs: atMs, endedMs: atMs, outcome: failure ? 'failed' : 'passed', ...failure };
  }

  #unreached(): StepRecord[] {
    return this.scenario.steps.map(({ text, line }) => ({ text, line, outcome: 'not-reached' }));
  }

  #record(rest: Partial<ScenarioRecord> & Pick<ScenarioRecord, 'outcome' | 'steps'>): ScenarioRecord {
    return {
      ...NO_EVIDENCE,
      ...this.options.head,
      startedAt: new Date(this.#startedAt).toISOString(),
      durationMs: Date.now() - this.#startedAt,
      actors: [],
      ...rest,
    };
  }
}

function outcomeOf({ broken }: Performance, steps: readonly StepRecord[]): ScenarioOutcome {
  if (broken !== undefined) return { kind: 'broken', error: messageOf(broken) };
  return { kind: steps.some(({ outcome }) => outcome === 'failed') ? 'failed' : 'passed' };
}
