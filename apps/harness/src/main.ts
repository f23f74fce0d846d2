import { DEMO_USAGE } from './demo/options';
import { LOAD_USAGE } from './load/command/options';
import { PHONE_USAGE } from './phones/terminal/options';
import { PORTAL_USAGE } from './portal/options';
import { SCENARIOS_USAGE } from './scenario/command/options';
import { ServiceDied } from './processes/service';
import { UsageError } from './usage-error';

/** Takes its arguments and gives its exit code. */
type Command = (args: readonly string[]) => Promise<number>;

/** Each is loaded when it is asked for: most of them need half the product, a phone needs next to nothing. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('./demo/demo-command.js')).demoCommand,
  phone: async () => (await import('./phones/terminal/phone-command.js')).phoneCommand,
  portal: async () => (await import('./portal/portal-command.js')).portalCommand,
  scenarios: async () => (await import('./scenario/command/scenarios-command.js')).scenariosCommand,
  load: async () => (await import('./load/command/load-command.js')).loadCommand,
  replay: async () => (await import('./replay/replay-command.js')).replayCommand,
};

const USAGE = `usage: node main.js COMMAND

${DEMO_USAGE}

${PORTAL_USAGE}

${PHONE_USAGE}

${SCENARIOS_USAGE}

${LOAD_USAGE}

replay PATH...
  Pushes captured event streams through the product in virtual time.`;

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load) return (await load())(args);
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
