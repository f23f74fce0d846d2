import { SettingsError } from '@app/config';
import { StoreError } from '@app/store';
import { CALL_USAGE, callCommand } from './call/call-command';
import { PORTALS_USAGE, portalsCommand } from './portals/portals-command';
import { standardConsole } from './console';
import { UsageError } from './usage-error';

/** sysexits.h EX_CONFIG: somebody has to mend the settings. */
const BAD_CONFIGURATION = 78;
const NOT_UNDERSTOOD = 2;

/** Each takes its arguments. */
const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  call: (args) => callCommand(args, process.env, standardConsole),
  portals: (args) => portalsCommand(args, process.env, standardConsole),
};

async function main([name = '', ...args]: readonly string[]): Promise<void> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(`${PORTALS_USAGE}\n\n${CALL_USAGE}`);
  await command(args);
}

/** Exit code and words for whoever sits in front of it; a stack only for what nobody expected. */
function complaint(error: unknown): [code: number, text: string] {
  if (error instanceof UsageError) return [NOT_UNDERSTOOD, error.message];
  if (error instanceof SettingsError) return [BAD_CONFIGURATION, error.message];
  if (error instanceof StoreError) return [1, error.message];
  return [1, error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const [code, text] = complaint(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = code;
});
