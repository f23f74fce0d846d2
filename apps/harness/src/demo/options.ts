import { parseArgs } from 'node:util';
import { UsageError } from '../usage-error';
import type { TargetKind } from '../world/target-switch';

/** What the demo was asked for. */
export interface DemoOptions {
  /** End when the day is over, with exit code 1 if a call was filed wrongly. */
  readonly once: boolean;
  /** The summary as JSON on stdout, and nothing else there. */
  readonly json: boolean;
  /** 1 = as fast as life. */
  readonly speed: number;
  /** The day of captured calls in place of phones. */
  readonly recorded: boolean;
  /** The switch of the phones; undefined: a real one if there is one. */
  readonly target: TargetKind | undefined;
}

export const DEMO_USAGE = `demo [--target SWITCH] [--once] [--json] [--recorded [--speed N]]
  SIP phones call each other through a switch, the real gateway and worker follow, a fake portal shows what the company sees.
  --target SWITCH  embedded or freeswitch; default: a real FreeSWITCH if there is one
  --once           end when the calls are over; exit code 1 if anything was not as it should be
  --json           print the summary as JSON (implies --once)
  --recorded       a company's day of captured calls instead of phones
  --speed N        play that day N times as fast as life (0.5 to 20, default 1)`;

const SLOWEST = 0.5;
/** Faster than this a ring is over before any portal could have shown its card. */
const FASTEST = 20;

/** @throws UsageError with a sentence for the user */
export function demoOptions(args: readonly string[]): DemoOptions {
  const { values } = parse(args);
  if (values.help === true) throw new UsageError(DEMO_USAGE);
  const speed = Number(values.speed ?? 1);
  if (!(speed >= SLOWEST && speed <= FASTEST))
    throw new UsageError(`--speed takes a number from ${SLOWEST} to ${FASTEST}.`);
  const json = values.json === true;
  const { target, recorded = false } = values;
  if (target !== undefined && target !== 'embedded' && target !== 'freeswitch')
    throw new UsageError('--target is embedded or freeswitch.');
  if (recorded && target !== undefined)
    throw new UsageError('--recorded needs no switch: leave --target out.');
  if (!recorded && values.speed !== undefined)
    throw new UsageError('Phones are as fast as life: --speed goes with --recorded.');
  return { json, once: json || values.once === true, speed, recorded, target };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean' },
        json: { type: 'boolean' },
        speed: { type: 'string' },
        recorded: { type: 'boolean' },
        target: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
