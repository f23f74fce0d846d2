/** Finds the command that `./run` was asked for, runs it, and stops what it started, however it ends. */
import { takeName } from './lib/args.mjs';
import { Interrupted, interruption, stopEverything, watchSignals } from './lib/processes.mjs';
import { explain, Refusal } from './lib/say.mjs';

const COMMANDS = [
  'demo',
  'test',
  'scenarios',
  'load',
  'check',
  'bench',
  'replay',
  'portal',
  'portals',
  'call',
  'phone',
  'doctor',
  'infra',
  'build',
  'generate',
  'down',
  'help',
];

/** Runs one command line; sets the exit code (2: not understood, 128 + n: ended by signal n). Never throws. */
export async function main(args) {
  watchSignals();
  const { name, rest } = takeName(args);
  const known = COMMANDS.includes(name);
  const { command } = await import(`./commands/${known ? name : 'help'}.mjs`);
  let code = await attempt(() => command(rest, known ? undefined : name));
  code = (await attempt(stopEverything)) || code;
  process.exit(interruption()?.exitCode ?? code);
}

async function attempt(work) {
  try {
    return (await work()) ?? 0;
  } catch (error) {
    if (error instanceof Interrupted) return error.exitCode;
    explain(error);
    return error instanceof Refusal ? error.exitCode : 1;
  }
}
