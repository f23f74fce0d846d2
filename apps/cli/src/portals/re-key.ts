import { readArguments, Refusal, UsageError } from '../command-line';
import type { Connector } from '../connector';
import { EXIT } from '../exit-codes';
import { setUpByWorker, wordsOf } from './await-set-up';
import type { CommandContext, PortalsCommand } from './command';
import { publicUrlOf, showAddresses } from './form-addresses';
import { readSecretInput } from './secret-input';

const usage = `portals re-key CLIENT_ID [--secret-file PATH]
portals re-key CLIENT_ID --addresses

  Another application key (client_secret) of an application, after it was made anew in Bitrix24; or, with --addresses, other
  addresses, after the old ones were lost or seen by others. The old ones stop working at once.`;

const WAIT_MS = 60_000;

/** `portals re-key`: replaces what lets people in. */
export const reKey: PortalsCommand = {
  usage,
  about: 'another key, or other addresses, of an application',
  run: async (args, context) => {
    const { values, positionals } = readArguments(args, OPTIONS, usage);
    const [clientId, ...more] = positionals;
    if (clientId === undefined || more.length > 0) throw new UsageError(usage);
    const app = (await context.connector.apps.list()).find((one) => one.clientId === clientId);
    if (app === undefined)
      throw new Refusal('There is no application with this id; "portals list" shows them.');
    if (values.addresses === true) return changeAddresses(context, app);
    const secret = await readSecretInput(
      context.terminal,
      values['secret-file'],
      'Application key (client_secret)',
    );
    await context.connector.apps.changeSecret(app.appId, secret);
    const mended = await endTrouble(context.connector, app.appId);
    context.terminal.tell('The application has a new key.');
    for (const domain of mended) context.terminal.tell(`${domain} is tried again with it.`);
    return EXIT.ok;
  },
};

const OPTIONS = { 'secret-file': { type: 'string' }, addresses: { type: 'boolean' } } as const;

/** Portals that are red because the key was wrong are asked again; if it still is, they say so. */
async function endTrouble({ portals }: Connector, appId: string): Promise<string[]> {
  const domains: string[] = [];
  for (const portal of await portals.all())
    if (portal.appId === appId && (await portals.markOk(portal.portalId, ['client-rejected'])))
      domains.push(portal.domain);
  return domains;
}

async function changeAddresses(
  { connector, settings, terminal }: CommandContext,
  app: { readonly appId: string; readonly kind: 'local' | 'market' },
) {
  const publicUrl = publicUrlOf(settings);
  const installKey = await connector.apps.changeInstallKey(app.appId);
  terminal.tell(
    'Enter these addresses in the form of the application in Bitrix24, in the place of the old ones:\n',
  );
  showAddresses(terminal, app.kind, publicUrl, installKey);
  const installed = (await connector.portals.all()).filter(({ appId }) => appId === app.appId);
  let failed = false;
  for (const { portalId, domain } of installed) {
    const end = await setUpByWorker(connector, portalId, WAIT_MS);
    failed ||= end.kind !== 'done';
    terminal.tell(`\n${domain}: its events go to the new address. ${wordsOf(end)}`);
  }
  return failed ? EXIT.failed : EXIT.ok;
}
