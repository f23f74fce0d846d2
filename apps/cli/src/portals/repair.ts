import { readArguments, seconds, UsageError } from '../command-line';
import { EXIT, type ExitCode } from '../exit-codes';
import { setUpByWorker, wordsOf } from './await-set-up';
import type { PortalsCommand } from './command';
import { findPortal } from './find-portal';

const usage = `portals repair [PORTAL] [--all] [--wait SECONDS]

  Has the worker set up a portal once more: events bound, lines added, employees and extensions read. Harmless to repeat.
  Waits for the outcome, 60 seconds unless told otherwise.`;

const OPTIONS = { all: { type: 'boolean' }, wait: { type: 'string' } } as const;

/** `portals repair`. */
export const repair: PortalsCommand = {
  usage,
  about: 'have the worker bind the events, add the lines and read the employees again',
  run: async (args, { terminal, connector }) => {
    const { values, positionals } = readArguments(args, OPTIONS, usage);
    if (positionals.length > 1 || (values.all === true && positionals.length > 0))
      throw new UsageError(usage);
    const waitMs = seconds(values.wait, 60, '--wait') * 1000;
    const portals =
      values.all === true ? await connector.portals.all() : [await findPortal(connector, positionals[0])];
    let code: ExitCode = EXIT.ok;
    for (const { portalId, domain, troubleKind, troubleReason, troubleCure } of portals) {
      if (troubleKind === 'uninstalled') {
        terminal.tell(`${domain}: ${troubleReason ?? ''} ${troubleCure ?? ''}`);
        continue;
      }
      const end = await setUpByWorker(connector, portalId, waitMs);
      terminal.tell(`${domain}: ${wordsOf(end)}`);
      if (end.kind !== 'done' || end.problem !== undefined) code = EXIT.failed;
    }
    return code;
  },
};
