import { parseArgs } from 'node:util';
import { UsageError } from '../usage-error';

/** What the demo was asked for. */
export interface DemoOptions {
  /** End when the day is over, with exit code 1 if a call was filed wrongly. */
  readonly once: boolean;
  /** The summary as JSON on stdout, and nothing else there. */
  readonly json: boolean;
  /** 1 = as fast as life. */
  readonly speed: number;
}

export const DEMO_USAGE = `demo [--once] [--json] [--speed N]
  A company's day of captured calls, through the real gateway and worker into a fake portal.
  --once     end when the day is over; exit code 1 if any call was filed wrongly
  --json     print the summary as JSON (implies --once)
  --speed N  play the day N times as fast as life (0.5 to 20, default 1)`;

const SLOWEST = 0.5;
/** Faster than this a ring is over before any portal could have shown its card. */
const FASTEST = 20;

/** @throws UsageError with a sentence for the user */
export function demoOptions(args: readonly string[]): DemoOptions {
  const { values } = parse(args);
  const speed = Number(values.speed ?? 1);
  if (!(speed >= SLOWEST && speed <= FASTEST))
    throw new UsageError(`--speed takes a number from ${SLOWEST} to ${FASTEST}.`);
  const json = values.json === true;
  return { json, once: json || values.once === true, speed };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { once: { type: 'boolean' }, json: { type: 'boolean' }, speed: { type: 'string' } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
