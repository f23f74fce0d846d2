import { readArguments, UsageError } from '../command-line';
import type { Connector } from '../connector';
import { EXIT } from '../exit-codes';
import type { PortalsCommand } from './command';
import { findApp } from './find-app';
import { readSecretInput } from './secret-input';

const usage = `portals re-key APP [--secret-file PATH]

  Another application key (client_secret) of an application, after it was made anew in Bitrix24. APP is its Application ID
  (client_id). The key is read from the file, from a pipe, or typed unseen.`;

/** `portals re-key`: the secret that Bitrix24 knows the application by. */
export const reKey: PortalsCommand = {
  usage,
  about: 'store another key (client_secret) of an application',
  run: async (args, { terminal, connector }) => {
    const { values, positionals } = readArguments(args, { 'secret-file': { type: 'string' } }, usage);
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new UsageError(usage);
    const { appId, clientId } = await findApp(connector, name);
    const secret = await readSecretInput(terminal, values['secret-file'], 'Application key (client_secret)');
    await connector.apps.changeSecret(appId, secret);
    terminal.tell(`The new key of ${clientId} is stored.`);
    for (const domain of await endTrouble(connector, appId))
      terminal.tell(`${domain} is tried again with it.`);
    return EXIT.ok;
  },
};

/** Portals that are red because the key was wrong are asked again; if it still is, they say so. */
async function endTrouble({ portals }: Connector, appId: string): Promise<string[]> {
  const domains: string[] = [];
  for (const portal of await portals.all())
    if (portal.appId === appId && (await portals.markOk(portal.portalId, ['client-rejected'])))
      domains.push(portal.domain);
  return domains;
}
