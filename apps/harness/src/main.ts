import { DEMO_USAGE } from './demo/options';
import { ServiceDied } from './processes/service';
import { PORTAL_USAGE } from './portal/options';
import { UsageError } from './usage-error';
import { PHONE_USAGE } from './phones/terminal/options';

/** Each takes its arguments and gives its exit code. Loaded when it is asked for: the demo brings the whole product. */
const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  demo: async (args) => (await import('./demo/demo-command.js')).demoCommand(args),
  phone: async (args) => (await import('./phones/terminal/phone-command.js')).phoneCommand(args),
  portal: async (args) => (await import('./portal/portal-command.js')).portalCommand(args),
  replay: async (args) => (await import('./replay/replay-command.js')).replayCommand(args),
};

const USAGE = `usage: node main.js COMMAND

${DEMO_USAGE}

${PORTAL_USAGE}

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
