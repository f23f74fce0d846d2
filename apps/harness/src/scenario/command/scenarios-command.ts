import { closeSync, existsSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, relative, resolve } from 'node:path';
import { DeadlineError } from '../../processes/until';
import { NoSwitchError } from '../../real-switch/no-switch-error';
import { hasSwitch } from '../../real-switch/open-switch';
import { JsonLines } from '../../report/live/json-lines';
import { paintFor } from '../../report/live/paint';
import { progressOn } from '../../report/live/progress';
import type { RunRecord } from '../../report/run-record';
import { runSummary } from '../../report/run-summary';
import { exitCodeOf } from '../../report/totals';
import { ReportError, writeReports } from '../../report/write-reports';
import { UsageError } from '../../usage-error';
import { embeddedTarget } from '../../world/embedded-target';
import { freeswitchTarget } from '../../world/freeswitch-target';
import { World, type WorldSettings } from '../../world/world';
import { ScenarioFileError } from '../language/mistakes';
import { Listeners } from '../suite/listeners';
import { readScenarios, type FoundScenario } from '../suite/read-folder';
import { runSuite } from '../suite/run-suite';
import { RunningSwitch } from '../suite/running-switch';
import { selectScenarios } from '../suite/select';
import { keepUp } from './keep-up';
import { scenarioOptions, type ScenarioOptions } from './options';

/** Somebody wants the run to end. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Below where the user stands, as this repository and the users' own have it. */
const USUAL_FOLDER = 'test/scenarios';

/**
 * The command `scenarios`. Gives the exit code of `report/totals.ts`, or 128 + n when ended by signal n.
 *
 * @throws UsageError when the command line or a cast makes no sense
 */
export async function scenariosCommand(args: readonly string[]): Promise<number> {
  const options = scenarioOptions(args);
  const found = foundBy(options);
  if (options.list) return list(found);
  const ending = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => ending.abort(new Interrupted(signal));
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    const record = await play(found, options, ending.signal);
    return ending.signal.reason instanceof Interrupted
      ? 128 + constants.signals[ending.signal.reason.signal]
      : exitCodeOf(record);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

function foundBy(options: ScenarioOptions): FoundScenario[] {
  const paths = options.paths.length > 0 ? options.paths : [usualFolder()];
  try {
    return selectScenarios(readScenarios(paths, rootOf(options)), options);
  } catch (error) {
    if (error instanceof ScenarioFileError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function usualFolder(): string {
  if (existsSync(USUAL_FOLDER)) return USUAL_FOLDER;
  throw new UsageError(`There is no ${USUAL_FOLDER} here: name the files or folders of the scenarios.`);
}

/** What files are named by: the folder that was given, or the only one. */
function rootOf({ folder, paths }: ScenarioOptions): string {
  if (folder !== undefined) return resolve(folder);
  const [first = USUAL_FOLDER] = paths;
  if (paths.length > 1) return process.cwd();
  return existsSync(first) && statSync(first).isDirectory() ? resolve(first) : dirname(resolve(first));
}

function list(found: readonly FoundScenario[]): number {
  for (const { file, scenario, error } of found)
    process.stdout.write(
      `${file}  ${scenario?.title ?? error?.message ?? ''}  ${scenario?.tags.join(' ') ?? ''}\n`,
    );
  return found.length > 0 ? 0 : 4;
}

async function play(
  found: readonly FoundScenario[],
  options: ScenarioOptions,
  signal: AbortSignal,
): Promise<RunRecord> {
  const isJsonOnStdout = options.json === '-';
  const output = isJsonOnStdout ? process.stderr : process.stdout;
  const progress = progressOn(output, process.env);
  const json = jsonTo(options.json);
  try {
    const skipAll = whyNothing(options);
    const running = isRunning(options) ? await askRunning(found, signal) : undefined;
    const record = await runSuite(found, {
      target: options.target,
      // The carrier of a running switch has one address: one scenario after another plays him.
      parallel: running ? 1 : options.parallel,
      buildWorld: (settings, aborted) => buildWorld(settings, options, aborted),
      listeners: new Listeners([progress, ...(json ? [json.lines] : [])]),
      signal,
      ...(running && { running }),
      ...(skipAll !== undefined && { skipAll }),
      ...(options.keep && { onJudged: (scene, outcome) => keepUp(scene, outcome, output, signal) }),
    });
    progress.close();
    await report(record, options, output);
    return record;
  } finally {
    progress.close();
    json?.close();
  }
}

function whyNothing({ target }: ScenarioOptions): string | undefined {
  if (target === 'embedded') return undefined;
  try {
    return hasSwitch(process.env)
      ? undefined
      : 'there is no FreeSWITCH: name its binary in FREESWITCH_BIN, or a running one in FREESWITCH_ESL';
  } catch (error) {
    if (error instanceof NoSwitchError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function isRunning({ target }: ScenarioOptions): boolean {
  return target === 'freeswitch' && Boolean(process.env.FREESWITCH_ESL);
}

async function askRunning(found: readonly FoundScenario[], signal: AbortSignal): Promise<RunningSwitch> {
  try {
    return await RunningSwitch.ask(process.env, found, signal);
  } catch (error) {
    if (error instanceof NoSwitchError || error instanceof DeadlineError)
      throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function buildWorld(
  settings: WorldSettings,
  { target, conf }: ScenarioOptions,
  signal?: AbortSignal,
): Promise<World> {
  if (!process.env.DATABASE_URL || !process.env.QUEUE_URL)
    throw new UsageError('Scenarios need DATABASE_URL and QUEUE_URL: ./run scenarios provides them.');
  return World.build({
    settings,
    signal,
    openSwitch: (ofWorld, aborted) => {
      const wanted = { ...ofWorld, confDir: conf && resolve(conf), signal: aborted };
      return target === 'embedded' ? embeddedTarget(wanted) : freeswitchTarget(process.env, wanted);
    },
  });
}

function jsonTo(target: string | undefined): { lines: JsonLines; close(): void } | undefined {
  if (target === undefined) return undefined;
  if (target === '-')
    return { lines: new JsonLines((text) => process.stdout.write(text)), close: () => undefined };
  mkdirSync(dirname(resolve(target)), { recursive: true });
  const file = openSync(target, 'w');
  return { lines: new JsonLines((text) => writeSync(file, text)), close: () => closeSync(file) };
}

async function report(
  record: RunRecord,
  options: ScenarioOptions,
  output: NodeJS.WriteStream,
): Promise<void> {
  const { html, junit, record: recordFile, folder } = options;
  const named = folder ?? (relative(process.cwd(), rootOf(options)) || '.');
  const paint = paintFor(output.isTTY, process.env);
  output.write(`\n${runSummary(record, { width: output.columns, paint, folder: named })}\n`);
  try {
    await writeReports(record, { html, junit, record: recordFile }, { folder: named });
  } catch (error) {
    if (error instanceof ReportError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
