import { cliSettings, SettingsError, type CliSettings, type Env } from '@app/config';
import { StoreError } from '@app/store';
import { callByHand, callUsage, readCallWish } from './call/call-command';
import { Refusal, UsageError } from './command-line';
import { Connector } from './connector';
import { doctor, doctorUsage } from './doctor/command';
import { EXIT, type ExitCode } from './exit-codes';
import { portalsCommand, portalsUsage } from './portals/portals';
import type { Terminal } from './terminal/terminal';

const USAGE = `Commands:

${doctorUsage}

${portalsUsage()}

${callUsage}`;

/**
 * Runs one command line.
 *
 * @param args without the program: `portals add --kind local`
 * @returns the exit code
 */
export async function runCli(args: readonly string[], env: Env, terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(args, env, terminal);
  } catch (error) {
    terminal.tell(messageOf(error));
    const isUnusable = error instanceof UsageError || error instanceof SettingsError;
    return isUnusable ? EXIT.unusable : EXIT.failed;
  }
}

async function dispatch(args: readonly string[], env: Env, terminal: Terminal): Promise<ExitCode> {
  const [area, ...rest] = args;
  const wantsHelp = rest.includes('--help') || rest.includes('-h');
  if (area === 'doctor') {
    if (wantsHelp) return help(terminal, doctorUsage);
    return doctor(rest, terminal, () => cliSettings(env));
  }
  if (area === 'call') {
    if (wantsHelp) return help(terminal, callUsage);
    const wish = readCallWish(rest);
    return connected(cliSettings(env), (settings, connector) =>
      callByHand(wish, { terminal, settings, connector }),
    );
  }
  if (area !== 'portals') {
    if (area === undefined || area === 'help' || area === '--help') return help(terminal, USAGE);
    throw new UsageError(`There is no command "${area}".\n\n${USAGE}`);
  }
  const [verb, ...options] = rest;
  if (verb === undefined || verb === '--help' || verb === 'help') return help(terminal, portalsUsage());
  const command = portalsCommand(verb);
  if (wantsHelp) return help(terminal, command.usage);
  return connected(cliSettings(env), (settings, connector) =>
    command.run(options, { terminal, settings, connector }),
  );
}

async function connected(
  settings: CliSettings,
  run: (settings: CliSettings, connector: Connector) => Promise<ExitCode>,
): Promise<ExitCode> {
  const connector = await Connector.open(settings).catch((error: unknown) => {
    throw new Refusal(`Postgres cannot be reached: ${messageOf(error)}`);
  });
  try {
    return await run(settings, connector);
  } finally {
    await connector.close();
  }
}

function help(terminal: Terminal, text: string): ExitCode {
  terminal.write(text);
  return EXIT.ok;
}

/** What is said of an error: a sentence where it is ours, its stack where nobody expected it. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isExpected =
    error instanceof UsageError ||
    error instanceof Refusal ||
    error instanceof SettingsError ||
    error instanceof StoreError ||
    error instanceof TypeError ||
    'code' in error;
  return isExpected ? error.message : (error.stack ?? error.message);
}
