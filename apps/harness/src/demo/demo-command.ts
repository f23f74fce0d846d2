import { constants } from 'node:os';
import { UsageError } from '../usage-error';
import { phonesDemo } from './phones/phones-demo';
import { demoOptions, type DemoOptions } from './options';
import { RunDirectory } from './run-directory';
import { runDemo, withServers } from './run-demo';

/** Somebody wants the demo to end. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The command `demo`. Gives the exit code: 0, 1 when a call was filed wrongly, 128 + n when ended by signal n.
 *
 * @throws UsageError when the arguments or the environment make no sense; ServiceDied
 */
export async function demoCommand(args: readonly string[]): Promise<number> {
  const options = demoOptions(args);
  if (!process.env.DATABASE_URL || !process.env.QUEUE_URL) {
    throw new UsageError('The demo needs DATABASE_URL and QUEUE_URL: ./run demo provides them.');
  }
  const ending = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => ending.abort(new Interrupted(signal));
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    if (options.recorded) return await runInDirectory(options, ending);
    return (await phonesDemo(options, ending)) ? 0 : 1;
  } catch (error) {
    if (error instanceof Interrupted) return 128 + constants.signals[error.signal];
    throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

/** The directory stays when something went wrong: it holds the logs. */
async function runInDirectory(options: DemoOptions, ending: AbortController): Promise<number> {
  const directory = new RunDirectory();
  let isKept = true;
  try {
    const { ok } = await withServers((databaseUrl, queueUrl) =>
      runDemo(options, { directory, databaseUrl, queueUrl, ending }),
    );
    isKept = !ok;
    return ok ? 0 : 1;
  } catch (error) {
    isKept = !(error instanceof Interrupted);
    throw error;
  } finally {
    if (isKept) process.stderr.write(`Logs and recordings of this run: ${directory.path}\n`);
    else directory.remove();
  }
}
