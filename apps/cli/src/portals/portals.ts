import { UsageError } from '../command-line';
import { table } from '../terminal/table';
import { add } from './add';
import type { PortalsCommand } from './command';
import { lines } from './lines';
import { list } from './list';
import { newAddresses } from './new-addresses';
import { phones } from './phones';
import { reKey } from './re-key';
import { remove } from './remove';
import { repair } from './repair';
import { resealAll } from './reseal';
import { routes } from './routes';
import { settings } from './settings';
import { show } from './show';

const COMMANDS: Readonly<Record<string, PortalsCommand>> = {
  add,
  list,
  show,
  lines,
  routes,
  settings,
  phones,
  repair,
  're-key': reKey,
  'new-addresses': newAddresses,
  remove,
  reseal: resealAll,
};

/** The command of this name. Throws UsageError that lists them. */
export function portalsCommand(name: string | undefined): PortalsCommand {
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new UsageError(portalsUsage());
  return command;
}

/** What `portals` can do. */
export function portalsUsage(): string {
  const rows = Object.entries(COMMANDS).map(([name, { about }]) => [`  ${name}`, about]);
  return `portals <command>\n\n${table(rows).join('\n')}\n\n  portals <command> --help  tells more`;
}
