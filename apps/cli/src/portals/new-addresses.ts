import { readArguments, UsageError } from '../command-line';
import { EXIT } from '../exit-codes';
import { setUpByWorker, wordsOf } from './await-set-up';
import type { CommandContext, PortalsCommand } from './command';
import { findApp, type KnownApp } from './find-app';
import { publicUrlOf, showAddresses } from './form-addresses';

const usage = `portals new-addresses APP

  Gives an application other addresses, after the old ones were lost or seen by others. The old ones stop working at once;
  the events of its portals are bound to the new one. APP is its Application ID (client_id).`;

const WAIT_MS = 60_000;

/** `portals new-addresses`. */
export const newAddresses: PortalsCommand = {
  usage,
  about: 'give an application other addresses',
  run: async (args, context) => {
    const { positionals } = readArguments(args, {}, usage);
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new UsageError(usage);
    const { connector, settings, terminal } = context;
    const publicUrl = publicUrlOf(settings);
    const app = await findApp(connector, name);
    const installKey = await connector.apps.changeInstallKey(app.appId);
    terminal.tell('Enter these addresses in the form of the application, in the place of the old ones:\n');
    showAddresses(terminal, app.kind, publicUrl, installKey);
    return (await bindAgain(context, app)) ? EXIT.ok : EXIT.failed;
  },
};

/** Portals that have the application send their events to the new address. */
async function bindAgain({ connector, terminal }: CommandContext, { appId }: KnownApp): Promise<boolean> {
  let allDone = true;
  for (const portal of await connector.portals.all()) {
    if (portal.appId !== appId) continue;
    const end = await setUpByWorker(connector, portal.portalId, WAIT_MS);
    allDone &&= end.kind === 'done';
    terminal.tell(`\n${portal.domain}: its events go to the new address. ${wordsOf(end)}`);
  }
  return allDone;
}
