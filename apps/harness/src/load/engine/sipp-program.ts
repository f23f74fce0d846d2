import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { keepProgram, type KeptProgram } from '../../processes/keep-program';
import type { Place } from '../../phones/wire/address';
import { scenarioFile, type SippScenario } from './sipp-files';

const GRACE_MS = 2_000;

/** One run of sipp: which scenario, from where to where, and how often. */
export interface SippRun {
  readonly scenario: SippScenario;
  /** It writes its files here. */
  readonly folder: string;
  readonly local: Place;
  /** Missing: it waits to be called. */
  readonly remote?: Place;
  /** File of the lines that calls take, one each. */
  readonly lines?: string;
  /** So many calls, so many per second. */
  readonly calls?: { readonly count: number; readonly perSecond: number };
  /** Further keywords of the scenario. */
  readonly keys?: Readonly<Record<string, string>>;
}

/** Whether there is a sipp on this machine. */
export function hasSipp(): boolean {
  return spawnSync('sipp', ['-v'], { stdio: 'ignore' }).error === undefined;
}

/** Where a run logs the steps of its calls. */
export function logOf({ folder, scenario }: Pick<SippRun, 'folder' | 'scenario'>): string {
  return join(folder, `${scenario}.steps`);
}

/** Where a run tells what it did not expect. */
export function errorsOf({ folder, scenario }: Pick<SippRun, 'folder' | 'scenario'>): string {
  return join(folder, `${scenario}.errors`);
}

/** Starts sipp; it ends with this process, however that ends. */
export function startSipp(run: SippRun): KeptProgram {
  const { scenario, folder } = run;
  const directory = join(folder, `${scenario}.run`);
  mkdirSync(directory);
  const { PATH = '', TERM = 'dumb' } = process.env;
  return keepProgram({
    name: `sipp ${scenario}`,
    command: 'sipp',
    args: sippArguments(run),
    env: { PATH, TERM },
    directory,
    logFile: join(folder, `${scenario}.out`),
    graceMs: GRACE_MS,
  });
}

function sippArguments(run: SippRun): string[] {
  const { scenario, local, remote, lines, calls, keys = {} } = run;
  return [
    ...(remote ? [`${remote.host}:${remote.port}`] : []),
    ...['-sf', scenarioFile(scenario), '-i', local.host, '-p', String(local.port)],
    ...(lines === undefined ? [] : ['-inf', lines]),
    ...(calls ? rateArguments(calls) : []),
    ...Object.entries(keys).flatMap(([name, value]) => ['-key', name, value]),
    // Nobody types; unexpected OPTIONS and NOTIFY are answered; the file of a run has everything.
    ...[
      '-nostdin',
      '-aa',
      '-trace_logs',
      '-log_file',
      logOf(run),
      '-trace_err',
      '-error_file',
      errorsOf(run),
    ],
  ];
}

/** The rate is a whole number of calls in a period: a thousand seconds make it as fine as --cps. And no limit of open calls. */
function rateArguments({
  count,
  perSecond,
}: {
  readonly count: number;
  readonly perSecond: number;
}): string[] {
  const rate = ['-r', String(Math.round(perSecond * 1_000)), '-rp', '1000000'];
  return ['-m', String(count), ...rate, '-l', String(count)];
}
