import { readArguments, UsageError } from '../command-line';
import { EXIT } from '../exit-codes';
import { table } from '../terminal/table';
import type { PortalsCommand } from './command';
import { COLOURS, statuses } from './portal-status';

const usage = `portals list [--json]

  The portals and whether they work; with the reason and the cure where they do not.`;

/** `portals list`. A portal that is red makes it end with 1. */
export const list: PortalsCommand = {
  usage,
  about: 'the portals, and whether they work',
  run: async (args, { terminal, connector }) => {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, usage);
    if (positionals.length > 0) throw new UsageError(usage);
    const found = await statuses(connector);
    if (values.json === true) terminal.write(JSON.stringify(found, undefined, 2));
    else if (found.length === 0) terminal.tell('There is no application yet: begin with "portals add".');
    const rows = found.flatMap(({ state, domain, clientId = '', kind = '', reason, cure }) => [
      [terminal.paint(COLOURS[state], state), domain ?? '(not installed)', kind, clientId],
      ...[reason, cure].filter((line) => line !== undefined).map((line) => ['', line]),
    ]);
    if (values.json !== true) for (const line of lines(rows)) terminal.write(line);
    return found.some(({ state }) => state === 'red') ? EXIT.failed : EXIT.ok;
  },
};

/** Reasons are long: they must not make the columns wide. */
function lines(rows: readonly (readonly string[])[]): string[] {
  const aligned = table(rows.filter((row) => row.length > 2));
  return rows.flatMap((row) =>
    row.length > 2 ? [aligned.shift() ?? ''] : (row[1] ?? '').split('\n').map((line) => `         ${line}`),
  );
}
