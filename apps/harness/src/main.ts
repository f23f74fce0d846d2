import { demoCommand } from './demo/demo-command';
import { DEMO_USAGE, UsageError } from './demo/options';
import { ServiceDied } from './processes/service';
import { phoneCommand } from './phones/terminal/phone-command';
import { PHONE_USAGE } from './phones/terminal/options';
import { replayCommand } from './replay/replay-command';

/** Each takes its arguments and gives its exit code. */
const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  demo: demoCommand,
  phone: phoneCommand,
  replay: replayCommand,
};

const USAGE = `usage: node main.js COMMAND

${DEMO_USAGE}

${PHONE_USAGE}

replay PATH...
  Pushes captured event streams through the product in virtual time.`;

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return command(args);
  process.stderr.write(`${USAGE}\n`);
  return 2;
}

/** What the user is to do about it, if anything can be done; else where it broke. */
function complaint(error: unknown): string {
  if (error instanceof UsageError || error instanceof ServiceDied) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${complaint(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
