import { availableParallelism, loadavg } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FakePortal } from '@app/testkit';
import { DeadlineError, until } from '../processes/until';
import { beginningOf } from '../scenario/run/beginning';
import { messageOf } from '../scenario/run/perform-steps';
import type { Beginning } from '../scenario/run/scene';
import { installPortal } from '../world/install-portal';
import { heldCalls } from '../world/portal-holding';
import { ScenarioPortal } from '../world/scenario-portal';
import type { World } from '../world/world';
import { balance } from './books/balance';
import { callTruths } from './books/call-truth';
import { countCalls } from './books/count-calls';
import { timesOf } from './books/call-times';
import { measure } from './books/measure';
import { CoreMeter, type CoresUsed } from './core-meter';
import type { LoadOptions } from './command/options';
import type { CallEngine, EngineName, EngineOptions } from './engine/call-engine';
import { PhonesEngine } from './engine/phones-engine';
import { SippEngine } from './engine/sipp-engine';
import { castOf, type Office } from './plan/office';
import type { PlannedCall } from './plan/planned-call';
import { LONGEST_CALL_MS, planCalls } from './plan/plan-calls';
import { LOAD_RECORD_FORMAT, LOAD_RECORD_VERSION, type LoadRecord } from './report/load-record';

/** A load in a world. */
export interface LoadRun {
  readonly world: World;
  readonly office: Office;
  readonly engine: EngineName;
  readonly order: Pick<LoadOptions, 'cps' | 'seconds' | 'mix' | 'seed' | 'limit' | 'drainSeconds'>;
  readonly signal?: AbortSignal;
  /** Told again and again while calls are made and filed. */
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Called between the load and the judgement: tests of the harness spoil something here. */
  readonly beforeJudging?: (portal: FakePortal) => void;
}

export interface LoadProgress {
  readonly sinceMs: number;
  readonly planned: number;
  readonly registered: number;
  readonly filed: number;
}

const OPENERS: Readonly<Record<EngineName, { open(options: EngineOptions): Promise<CallEngine> }>> = {
  phones: PhonesEngine,
  sipp: SippEngine,
};
/** A call that takes so much longer than the longest is not waited for. */
const OVERDUE_MS = 15_000;
const TELL_EVERY_MS = 2_000;
/** Everything has to stay settled for so long: the last doorbell may be on its way. */
const QUIET_MS = 500;

/** Makes the calls of a load, waits until they are filed, and holds every one against the portal. */
export async function runLoad(run: LoadRun): Promise<LoadRecord> {
  const { world, office, order, signal } = run;
  const plan = planCalls(order, office);
  const cast = castOf(office);
  const portal = await ScenarioPortal.open(cast, 'leads', order.limit);
  try {
    await installPortal(world, portal, { cast, settings: { portal: {} }, limit: order.limit });
    const engine = await OPENERS[run.engine].open({ target: world.target, office, plan, signal });
    try {
      return await new Load(run, plan, portal.fake, engine).run();
    } finally {
      await engine.close();
    }
  } finally {
    await portal.close();
  }
}

/** How a load came to its end. */
interface Over {
  readonly isSettled: boolean;
  readonly drainMs: number;
  readonly cores: CoresUsed;
}

class Load {
  readonly #startedAt = new Date();
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });

  constructor(
    private readonly load: LoadRun,
    private readonly plan: readonly PlannedCall[],
    private readonly portal: FakePortal,
    private readonly engine: CallEngine,
  ) {}

  async run(): Promise<LoadRecord> {
    const { world, beforeJudging, onProgress } = this.load;
    const beginning = await beginningOf(world);
    const cores = await CoreMeter.start(world);
    const telling = setInterval(() => onProgress?.(this.#progress()), TELL_EVERY_MS);
    this.#delay.enable();
    try {
      await this.#placeAll();
      const overAt = Date.now();
      const isSettled = await this.#drain();
      const drainMs = Date.now() - overAt;
      beforeJudging?.(this.portal);
      return this.#judge(beginning, { isSettled, drainMs, cores: await cores.read() });
    } finally {
      clearInterval(telling);
      this.#delay.disable();
    }
  }

  async #placeAll(): Promise<void> {
    const lastMs = this.plan.at(-1)?.atMs ?? 0;
    try {
      await this.engine.run(lastMs + LONGEST_CALL_MS + OVERDUE_MS);
    } catch (error) {
      if (!this.load.signal?.aborted) throw error;
    }
  }

  /** Waits until all calls are filed and nobody has anything left to do. @returns whether it came to that */
  async #drain(): Promise<boolean> {
    const { world, order, signal } = this.load;
    const attempted = this.engine.views().size;
    let quietSince: number | undefined;
    const isDone = async (): Promise<boolean> => {
      const isFiled = this.portal.state.statistics.size >= attempted;
      const isQuiet = isFiled && (await world.calls.isSettled());
      quietSince = isQuiet ? (quietSince ?? performance.now()) : undefined;
      return quietSince !== undefined && performance.now() - quietSince >= QUIET_MS;
    };
    try {
      await until('all calls are filed', isDone, { withinMs: order.drainSeconds * 1_000, signal });
      return true;
    } catch (error) {
      if (error instanceof DeadlineError || signal?.aborted) return false;
      throw error;
    }
  }

  #judge(beginning: Beginning, { isSettled, drainMs, cores }: Over): LoadRecord {
    const { world, office, order, signal } = this.load;
    const { target } = world;
    const truths = callTruths(this.plan, this.engine.views(), world.tap.since(beginning.events));
    const held = heldCalls(this.portal);
    const times = timesOf(truths, held, office);
    const { requests } = this.portal;
    const placed = truths.flatMap(({ seen }) => seen?.placedAt ?? []).sort((a, b) => a - b);
    const seconds = ((placed.at(-1) ?? 0) - (placed[0] ?? 0)) / 1_000;
    return {
      format: LOAD_RECORD_FORMAT,
      version: LOAD_RECORD_VERSION,
      target: { kind: target.kind, version: target.shortVersion },
      engine: this.engine.name,
      asked: { cps: order.cps, seconds: order.seconds, mix: order.mix, seed: order.seed },
      portalLimit: order.limit,
      startedAt: this.#startedAt.toISOString(),
      endedAt: new Date().toISOString(),
      ...(seconds > 0 && { cps: (placed.length - 1) / seconds }),
      calls: countCalls(truths),
      measures: measure(times),
      times,
      portal: {
        requests: requests.filter(({ inBatch }) => !inBatch).length,
        limited: requests.filter(({ status }) => status === 503).length,
        filed: held.reduce((sum, { rows }) => sum + rows.length, 0),
        recordings: held.filter(({ recording }) => recording).length,
      },
      drainMs,
      machine: { ...this.#machine, cores },
      deviations: balance({ truths, held, office, isSettled, now: Date.now() }),
      complaints: this.#complaints(beginning, isSettled),
      ...(signal?.aborted && { interrupted: messageOf(signal.reason) }),
    };
  }

  get #machine(): Omit<LoadRecord['machine'], 'cores'> {
    const [load = 0] = loadavg();
    return { processors: availableParallelism(), load, harnessDelayMs: this.#delay.percentile(99) / 1e6 };
  }

  #complaints(beginning: Beginning, isSettled: boolean): string[] {
    const { world } = this.load;
    return [
      // A call that is not filed yet would be its only finding.
      ...(isSettled ? this.portal.audit().map(({ kind, detail }) => `the portal: ${kind}: ${detail}`) : []),
      ...world.logs.flatMap((log) => log.errorsSince(beginning.logs[log.app] ?? 0)),
      ...world.target.errors().slice(beginning.switchErrors),
      ...world.deaths.slice(beginning.deaths).map(({ message }) => message),
    ];
  }

  #progress(): LoadProgress {
    return {
      sinceMs: Date.now() - this.#startedAt.getTime(),
      planned: this.plan.length,
      registered: this.portal.state.calls.all.length,
      filed: this.portal.state.statistics.size,
    };
  }
}
