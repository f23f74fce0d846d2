import { uninstalled } from '@app/portals';
import { readArguments, Refusal, UsageError } from '../command-line';
import type { Connector } from '../connector';
import { EXIT } from '../exit-codes';
import type { Terminal } from '../terminal/terminal';
import type { PortalsCommand } from './command';
import { findPortal } from './find-portal';

const usage = `portals remove PORTAL [--erase] [--yes]
portals remove CLIENT_ID [--yes]

  Forgets the tokens of a portal, and with --erase all that is held of it: its settings, lines, extensions, and what was sent
  to it. Calls stay, they are the company's own. With a client id: forgets an application that no portal has installed.
  In Bitrix24 nothing is deleted: delete the application there, too.`;

/** `portals remove`: asks first, because it cannot be taken back. */
export const remove: PortalsCommand = {
  usage,
  about: 'forget a portal, or an application that nobody has installed',
  run: async (args, { terminal, connector }) => {
    const { values, positionals } = readArguments(args, OPTIONS, usage);
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new UsageError(usage);
    const app = (await connector.apps.list()).find(({ clientId }) => clientId === name);
    if (app !== undefined) return removeApp(connector, terminal, app, values.yes === true);
    const portal = await findPortal(connector, name);
    const what = values.erase === true ? 'and erase all that is held of it' : 'and forget its tokens';
    await confirm(terminal, `Remove ${portal.domain} ${what}?`, values.yes === true);
    await connector.portals.uninstall(portal.portalId, uninstalled, values.erase === true);
    terminal.tell(`${portal.domain} is removed. Delete the application in Bitrix24, too.`);
    return EXIT.ok;
  },
};

const OPTIONS = { erase: { type: 'boolean' }, yes: { type: 'boolean' } } as const;

async function removeApp(
  { apps }: Connector,
  terminal: Terminal,
  { appId, clientId }: { readonly appId: string; readonly clientId: string },
  isSure: boolean,
) {
  await confirm(terminal, `Forget the application ${clientId}?`, isSure);
  if (!(await apps.remove(appId)))
    throw new Refusal('A portal has this application installed: remove the portal first.');
  terminal.tell(`The application ${clientId} is forgotten.`);
  return EXIT.ok;
}

async function confirm(terminal: Terminal, question: string, isSure: boolean): Promise<void> {
  if (isSure) return;
  if (!terminal.isInteractive) throw new UsageError('This asks before it removes something; --yes says yes.');
  const answer = await terminal.ask(`${question} [y/N] `);
  if (!/^y(es)?$/i.test(answer)) throw new Refusal('Nothing was removed.');
}
