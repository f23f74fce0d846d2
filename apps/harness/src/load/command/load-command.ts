import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { NoSwitchError } from '../../real-switch/no-switch-error';
import { shippedConfiguration } from '../../real-switch/switch-folders';
import { lengthText } from '../../report/text/durations';
import { UsageError } from '../../usage-error';
import { embeddedTarget } from '../../world/embedded-target';
import { freeswitchTarget } from '../../world/freeswitch-target';
import { World } from '../../world/world';
import type { EngineName } from '../engine/call-engine';
import { hasSipp } from '../engine/sipp-program';
import { SHIPPED_OFFICE, WIDE_OFFICE, WIDE_OFFICE_DIALPLAN } from '../plan/office';
import { loadExitCode, type LoadRecord } from '../report/load-record';
import { loadSummary } from '../report/load-summary';
import { runLoad, type LoadProgress } from '../run-load';
import { checkBounds, loadOptions, type LoadOptions } from './options';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The switch's own limits, out of the way: it is the connector that is measured. */
const NO_LIMITS = { CONNECTOR_SESSIONS_PER_SECOND: '10000', CONNECTOR_MAX_SESSIONS: '20000' };

/**
 * The command `load`. Gives the exit code of `report/load-record.ts`, or 128 + n when ended by signal n.
 *
 * @throws UsageError when the command line makes no sense, or something that it needs is missing
 */
export async function loadCommand(args: readonly string[]): Promise<number> {
  const options = loadOptions(args);
  const engine = engineOf(options);
  checkBounds(options, engine);
  if (!process.env.DATABASE_URL || !process.env.QUEUE_URL)
    throw new UsageError('A load needs DATABASE_URL and QUEUE_URL: ./run load provides them.');
  const ending = new AbortController();
  let endedBy: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    endedBy ??= signal;
    ending.abort(new Error(`ended by ${signal}`));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    const record = await load(options, engine, ending.signal);
    process.stdout.write(`\n${loadSummary(record)}\n`);
    writeRecord(record, options.json);
    return endedBy === undefined ? loadExitCode(record) : 128 + constants.signals[endedBy];
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

function engineOf({ engine }: LoadOptions): EngineName {
  const isThere = hasSipp();
  if (engine === 'sipp' && !isThere)
    throw new UsageError('There is no sipp: apt-get install sip-tester, or use --phones.');
  return engine ?? (isThere ? 'sipp' : 'phones');
}

async function load(options: LoadOptions, engine: EngineName, signal: AbortSignal): Promise<LoadRecord> {
  const isRunning = options.target === 'freeswitch' && Boolean(process.env.FREESWITCH_ESL);
  const conf = wideConfiguration();
  try {
    const world = await buildWorld(options, conf.path, signal);
    try {
      return await runLoad({
        world,
        // A switch that ran already has its own dialplan.
        office: isRunning ? SHIPPED_OFFICE : WIDE_OFFICE,
        engine,
        order: options,
        signal,
        onProgress: tell,
      });
    } finally {
      await world.close();
    }
  } finally {
    conf.remove();
  }
}

async function buildWorld({ target }: LoadOptions, confDir: string, signal: AbortSignal): Promise<World> {
  try {
    return await World.build({
      settings: { switch: NO_LIMITS, connector: { LOG_LEVEL: 'warn' } },
      signal,
      openSwitch: (ofWorld, aborted) => {
        const wanted = { ...ofWorld, confDir, signal: aborted };
        return target === 'embedded' ? embeddedTarget(wanted) : freeswitchTarget(process.env, wanted);
      },
    });
  } catch (error) {
    if (error instanceof NoSwitchError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** A copy of the shipped configuration, with a number for every employee. */
function wideConfiguration(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'connector-load-'));
  cpSync(shippedConfiguration(), path, { recursive: true });
  writeFileSync(join(path, 'dialplan', 'public', 'load.xml'), WIDE_OFFICE_DIALPLAN);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function tell({ sinceMs, planned, registered, filed }: LoadProgress): void {
  process.stdout.write(
    `${lengthText(sinceMs).padStart(10)}  ${registered} of ${planned} calls known to the portal, ${filed} filed\n`,
  );
}

function writeRecord(record: LoadRecord, file: string | undefined): void {
  if (file === undefined) return;
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    writeFileSync(file, `${JSON.stringify(record, undefined, 2)}\n`);
  } catch (error) {
    throw new UsageError(`The report cannot be written to ${file}: ${String(error)}`, { cause: error });
  }
}
