import { parseArgs } from 'node:util';
import { requestLimitOf, type RequestLimit } from '@app/bitrix24/contract';
import { UsageError } from '../../usage-error';
import type { TargetKind } from '../../world/target-switch';
import type { EngineName } from '../engine/call-engine';
import { readMix } from '../plan/mix';
import { callCount, type LoadOrder } from '../plan/plan-calls';

/** What a load was asked for. */
export interface LoadOptions extends LoadOrder {
  readonly target: TargetKind;
  /** Undefined: sipp if it is installed. */
  readonly engine: EngineName | undefined;
  readonly limit: RequestLimit;
  /** How long to wait after the last call until everything is filed. */
  readonly drainSeconds: number;
  readonly json: string | undefined;
}

export const LOAD_USAGE = `load [options]
  Makes calls at a steady rate and holds every single one against the portal. docs/load.md
  --cps N            new calls per second, 0.1 to 100 (with our own phones to 20); default 5
  --duration SECONDS so long, 1 to 3600, and no more than 20000 calls (5000); default 30
  --mix KINDS        inbound, outbound and queue with weights; default inbound=70,outbound=20,queue=10
  --target SWITCH    embedded (default), or freeswitch: FREESWITCH_BIN, FREESWITCH_ESL or the PATH
  --sipp, --phones   what makes the calls: sipp (default if it is installed), or our own phones, with sound
  --portal-rate R    requests that the portal takes: free (default), standard (50; 2/s), enterprise (250; 5/s),
                     or BUCKET/PER_SECOND such as 50/20
  --drain SECONDS    how long to wait after the last call until everything is filed, 1 to 3600; default 60
  --seed N           other calls: who is called, who answers, how long they talk; default 1
  --json FILE        the report, as JSON
  Exit code: 0 good; 1 a call was lost or is wrong; 2 the command line; 3 cut off, or this machine could not make the calls`;

/** What the phones of each kind manage. */
const BOUNDS: Readonly<Record<EngineName, { readonly cps: number; readonly calls: number }>> = {
  phones: { cps: 20, calls: 5_000 },
  sipp: { cps: 100, calls: 20_000 },
};
/** More than any load asks for. */
const FREE: RequestLimit = { capacity: 10_000, drainPerSecond: 1_000 };

/** @throws UsageError with a sentence for the user */
export function loadOptions(args: readonly string[]): LoadOptions {
  const values = parse(args);
  if (values.help === true) throw new UsageError(LOAD_USAGE);
  const target = values.target ?? 'embedded';
  if (target !== 'embedded' && target !== 'freeswitch')
    throw new UsageError('--target is embedded or freeswitch.');
  if (values.sipp === true && values.phones === true)
    throw new UsageError('--sipp and --phones exclude each other.');
  const options = {
    cps: numberIn('--cps', values.cps ?? '5', 0.1, BOUNDS.sipp.cps),
    seconds: numberIn('--duration', values.duration ?? '30', 1, 3_600),
    mix: mixOf(values.mix ?? 'inbound=70,outbound=20,queue=10'),
    seed: numberIn('--seed', values.seed ?? '1', 0, 2 ** 32 - 1),
    drainSeconds: numberIn('--drain', values.drain ?? '60', 1, 3_600),
    limit: limitOf(values['portal-rate'] ?? 'free'),
    target,
    json: values.json,
  } as const;
  if (callCount(options) < 1)
    throw new UsageError('This would be no call at all: raise --cps or --duration.');
  const forced = values.sipp === true ? 'sipp' : values.phones === true ? 'phones' : undefined;
  return { ...options, engine: forced };
}

/** Refuses what an engine does not manage. @throws UsageError */
export function checkBounds(options: LoadOptions, engine: EngineName): void {
  const { cps, calls } = BOUNDS[engine];
  const other = engine === 'phones' ? ' sipp makes more: apt-get install sip-tester.' : '';
  if (options.cps > cps)
    throw new UsageError(`With ${engine} --cps goes to ${cps}: more is not what it says any more.${other}`);
  const count = callCount(options);
  if (count > calls)
    throw new UsageError(
      `${count} calls are too many for ${engine}, which keeps all of them in memory: at most ${calls}.${other}`,
    );
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        cps: text,
        duration: text,
        mix: text,
        target: text,
        sipp: flag,
        phones: flag,
        'portal-rate': text,
        drain: text,
        seed: text,
        json: text,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function numberIn(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new UsageError(`${option} takes a number from ${least} to ${most}.`);
  return value;
}

function mixOf(text: string): LoadOptions['mix'] {
  try {
    return readMix(text);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function limitOf(text: string): RequestLimit {
  if (text === 'free') return FREE;
  if (text === 'standard') return requestLimitOf('std');
  if (text === 'enterprise') return requestLimitOf('ent');
  const [, capacity, drainPerSecond] = /^(\d{1,5})\/(\d{1,4}(?:\.\d{1,3})?)$/.exec(text) ?? [];
  const limit = { capacity: Number(capacity), drainPerSecond: Number(drainPerSecond) };
  if (limit.capacity >= 1 && limit.drainPerSecond > 0) return limit;
  throw new UsageError('--portal-rate is free, standard, enterprise, or BUCKET/PER_SECOND such as 50/20.');
}
