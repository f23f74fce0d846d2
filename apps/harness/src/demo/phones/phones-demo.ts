import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasSwitch } from '../../real-switch/open-switch';
import { failureText } from '../../report/failure-text';
import type { ScenarioRecord } from '../../report/run-record';
import { runScenario } from '../../scenario/run/run-scenario';
import type { Scene } from '../../scenario/run/scene';
import { readScenarios } from '../../scenario/suite/read-folder';
import { embeddedTarget } from '../../world/embedded-target';
import { freeswitchTarget } from '../../world/freeswitch-target';
import type { TargetKind } from '../../world/target-switch';
import { World } from '../../world/world';
import { LineView } from '../live/line-view';
import { noView, type LiveView } from '../live/live-view';
import { showLive } from '../live/show-live';
import { TableView } from '../live/table-view';
import type { DemoOptions } from '../options';
import { phonesSummary, phonesTable } from './phones-summary';

/** The scenario that the demo plays, from the top of the working copy. */
const DAY = join('test', 'scenarios', 'demo', 'day.yaml');

/** A real switch when there is one, unless told. */
export function demoTarget(
  { target }: DemoOptions,
  env: Readonly<Record<string, string | undefined>>,
): TargetKind {
  return target ?? (hasSwitch(env) ? 'freeswitch' : 'embedded');
}

/**
 * Phones call each other through a switch, gateway and worker follow, and the portal's page shows what the company sees.
 *
 * @returns whether everything was as it should be
 */
export async function phonesDemo(options: DemoOptions, ending: AbortController): Promise<boolean> {
  const [found] = readScenarios([dayFile()], dirname(dayFile()));
  if (!found?.scenario) throw found?.error ?? new Error(`${DAY} is no scenario`);
  const { scenario, id, file, source } = found;
  const target = demoTarget(options, process.env);
  const { signal } = ending;
  const print = (text: string): void => {
    if (!options.json) process.stdout.write(`${text}\n`);
  };
  const world = await World.build({
    settings: scenario.settings,
    signal,
    openSwitch: (wanted, aborted) =>
      target === 'embedded'
        ? embeddedTarget({ ...wanted, signal: aborted })
        : freeswitchTarget(process.env, { ...wanted, signal: aborted }),
  });
  try {
    const show = new DemoShow(options, ending, print);
    const record = await runScenario(scenario, world, {
      head: { id, file, title: scenario.title, tags: scenario.tags, source },
      watcher: { began: () => undefined, ended: () => undefined },
      signal,
      onReady: (scene) => show.begin(scene),
      onJudged: () => show.end(),
    });
    await show.end();
    signal.throwIfAborted();
    return report(record, options, print);
  } finally {
    await world.close();
  }
}

function report(record: ScenarioRecord, { json }: DemoOptions, print: (text: string) => void): boolean {
  const summary = phonesSummary(record);
  if (json) process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
  if (!summary.ok) print(failureText(record, { width: process.stdout.columns, folder: dirname(DAY) }));
  print(phonesTable(summary));
  return summary.ok;
}

/** What the terminal shows while the day goes on. */
class DemoShow {
  #stop: (() => Promise<void>) | undefined;
  #pageUrl = '';

  constructor(
    private readonly options: DemoOptions,
    private readonly ending: AbortController,
    private readonly print: (text: string) => void,
  ) {}

  begin({ world, portal }: Scene): void {
    this.#pageUrl = portal.pageUrl;
    this.print(
      `Phones on the ${world.target.kind === 'embedded' ? 'embedded switch' : `FreeSWITCH ${world.target.shortVersion}`}.`,
    );
    this.print(`The portal's page: ${portal.pageUrl}\n`);
    const onError = (error: unknown): void => this.ending.abort(error);
    this.#stop = showLive(this.#view(), { calls: world.calls, portal: portal.fake }, onError);
  }

  /** On a terminal the portal's page stays open until somebody ends it. */
  async end(): Promise<void> {
    const stop = this.#stop;
    this.#stop = undefined;
    if (!stop) return;
    await stop();
    const { signal } = this.ending;
    if (this.options.once || !process.stdout.isTTY || signal.aborted) return;
    this.print(`\nThe portal's page stays open until Ctrl-C: ${this.#pageUrl}`);
    await once(signal, 'abort');
  }

  #view(): LiveView {
    if (this.options.json) return noView;
    if (process.stdout.isTTY) return new TableView(process.stdout);
    return new LineView((line) => void process.stdout.write(`${line}\n`));
  }
}

/** Looked for upwards, because this code runs both from its source (tests) and from dist/. */
function dayFile(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, DAY))) return join(folder, DAY);
  throw new Error(`${DAY} is missing: the demo runs in a working copy.`);
}
