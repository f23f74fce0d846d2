import { parseArgs } from 'node:util';
import type { TargetKind } from '../../world/target-switch';
import { UsageError } from '../../usage-error';

/** What a run of scenarios was asked for. */
export interface ScenarioOptions {
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly grep: RegExp | undefined;
  readonly tags: readonly string[];
  readonly target: TargetKind;
  /** After a scenario that was not good everything stays up until Ctrl-C. */
  readonly keep: boolean;
  readonly parallel: number;
  readonly html: string | undefined;
  readonly junit: string | undefined;
  /** JSON lines: a file, or '-' for stdout. */
  readonly json: string | undefined;
  /** The run record. */
  readonly record: string | undefined;
  /** The folder that files are named by in reports; undefined: the usual one. */
  readonly folder: string | undefined;
  /** Instead of `freeswitch/conf`. */
  readonly conf: string | undefined;
  /** Only tell what there is. */
  readonly list: boolean;
}

export const SCENARIOS_USAGE = `scenarios [FILE or FOLDER]... [options]
  Plays scenarios with SIP phones, a switch, gateway, worker and a fake portal. docs/scenarios.md
  --grep REGEX       only those whose file, title or tags match
  --tag TAG          only those with this tag; may be repeated
  --target SWITCH    embedded (default), or freeswitch: FREESWITCH_BIN, FREESWITCH_ESL or the PATH
  --parallel N       so many at the same time, 1 to 8; default 2
  --keep             after the first that fails everything stays up until Ctrl-C
  --html FILE        a page with everything that was seen
  --junit FILE       JUnit XML
  --json[=FILE]      what happens, as lines of JSON: to stdout, or to a file
  --record FILE      the whole record of the run, as JSON
  --folder PATH      the folder that reports name files by; default: where the scenarios are
  --conf FOLDER      the switch's configuration instead of freeswitch/conf
  --list             only tell which there are
  Exit code: 0 good; 1 a scenario failed; 2 the command line; 3 one is broken, or the run was cut off; 4 nothing was tested`;

const MOST_PARALLEL = 8;

/** @throws UsageError with a sentence for the user */
export function scenarioOptions(args: readonly string[]): ScenarioOptions {
  const { values, positionals } = parse(args);
  if (values.help === true) throw new UsageError(SCENARIOS_USAGE);
  const target = values.target ?? 'embedded';
  if (target !== 'embedded' && target !== 'freeswitch')
    throw new UsageError('--target is embedded or freeswitch.');
  const parallel = Number(values.parallel ?? 2);
  if (!(Number.isInteger(parallel) && parallel >= 1 && parallel <= MOST_PARALLEL))
    throw new UsageError(`--parallel takes a whole number from 1 to ${MOST_PARALLEL}.`);
  const keep = values.keep === true;
  return {
    paths: positionals,
    grep: values.grep === undefined ? undefined : expression(values.grep),
    tags: values.tag ?? [],
    target,
    keep,
    parallel: keep ? 1 : parallel,
    html: values.html,
    junit: values.junit,
    json: values.json,
    record: values.record,
    folder: values.folder,
    conf: values.conf,
    list: values.list === true,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: args.map((arg) => (arg === '--json' ? '--json=-' : arg)),
      allowPositionals: true,
      options: {
        grep: text,
        tag: { type: 'string', multiple: true },
        target: text,
        keep: flag,
        parallel: text,
        html: text,
        junit: text,
        json: text,
        record: text,
        folder: text,
        conf: text,
        list: flag,
        help: flag,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function expression(text: string): RegExp {
  try {
    return new RegExp(text, 'iu');
  } catch (error) {
    throw new UsageError(`--grep takes a regular expression: ${String(error)}`, { cause: error });
  }
}
