import { CaptureError, readCapture } from '@app/testkit';
import { replayCalls, type Replay } from './replay-calls';
import { describeCall } from './describe-call';

const USAGE =
  'usage: ./run replay PATH... [--json]   PATH is a captured events.jsonl.gz or the folder that holds it';

/** Exit codes: 0 replayed, 2 the input cannot be read or the command makes no sense. */
const DONE = 0;
const BAD_INPUT = 2;

/**
 * `./run replay PATH... [--json]`: what the product makes of captured calls. With `--json` one object
 * `{calls, anomalies}` on stdout and nothing else.
 *
 * @returns the exit code
 */
export async function replayCommand(args: readonly string[]): Promise<number> {
  const isJson = args.includes('--json');
  const paths = args.filter((arg) => arg !== '--json');
  const unknown = paths.find((arg) => arg.startsWith('-'));
  if (paths.length === 0 || unknown !== undefined) {
    complain(unknown === undefined ? USAGE : `unknown option ${unknown}\n${USAGE}`);
    return BAD_INPUT;
  }
  try {
    const replays: Replay[] = [];
    for (const path of paths) replays.push(await replayCalls(await readCapture(path)));
    print(join(replays), isJson);
    return DONE;
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    complain(error.message);
    return BAD_INPUT;
  }
}

function join(replays: readonly Replay[]): Replay {
  return {
    calls: replays.flatMap(({ calls }) => calls),
    anomalies: replays.flatMap(({ anomalies }) => anomalies),
  };
}

function print(replay: Replay, isJson: boolean): void {
  if (isJson) {
    process.stdout.write(`${JSON.stringify(replay, undefined, 2)}\n`);
    return;
  }
  const calls = replay.calls.map(describeCall);
  const anomalies = replay.anomalies.map(({ kind, detail }) => `anomaly: ${kind}, ${detail}`);
  process.stdout.write(`${[...calls, ...anomalies].join('\n\n')}\n`);
}

function complain(sentence: string): void {
  process.stderr.write(`replay: ${sentence}\n`);
}
