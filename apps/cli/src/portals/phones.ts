import { readPortalSettings, type PhoneHome } from '@app/store';
import { readArguments, Refusal, UsageError } from '../command-line';
import type { Connector } from '../connector';
import { EXIT } from '../exit-codes';
import { setUpByWorker, wordsOf } from './await-set-up';
import type { PortalsCommand } from './command';
import { findPortal } from './find-portal';

const usage = `portals phones [PORTAL]
portals phones PORTAL --on SWITCH[:DOMAIN] [--on ...]
portals phones PORTAL --by-itself

  On which switch, and in which SIP domain there, the internal numbers of a portal's employees count. By itself that is: the
  switches that name the portal as theirs, where the portal has lines, and for the only portal all switches.`;

const OPTIONS = { on: { type: 'string', multiple: true }, 'by-itself': { type: 'boolean' } } as const;
const WAIT_MS = 60_000;

/** `portals phones`. */
export const phones: PortalsCommand = {
  usage,
  about: 'on which switch and in which domain the employees of a portal have their phones',
  run: async (args, { terminal, connector }) => {
    const { values, positionals } = readArguments(args, OPTIONS, usage);
    const isChange = values.on !== undefined || values['by-itself'] === true;
    if (positionals.length > 1 || (isChange && positionals.length === 0)) throw new UsageError(usage);
    const { portalId } = await findPortal(connector, positionals[0]);
    if (isChange) await choose(connector, portalId, values.on ?? []);
    const end = isChange ? await setUpByWorker(connector, portalId, WAIT_MS) : undefined;
    if (end !== undefined) terminal.tell(wordsOf(end));
    const homes = await connector.phones.homesOf(portalId);
    for (const { switchId, domain } of homes)
      terminal.write(domain === undefined ? switchId : `${switchId}:${domain}`);
    if (homes.length === 0) terminal.tell('Nobody knows where the phones of this portal are; --on says it.');
    return end === undefined || end.kind === 'done' ? EXIT.ok : EXIT.failed;
  },
};

async function choose(connector: Connector, portalId: string, texts: readonly string[]): Promise<void> {
  const switches = (await connector.phones.switches()).map(({ switchId }) => switchId);
  const homes = texts.map((text): PhoneHome => {
    const [switchId = '', domain] = text.split(':', 2);
    if (!switches.includes(switchId)) throw new Refusal(unknownSwitch(switchId, switches));
    return domain === undefined || domain === '' ? { switchId } : { switchId, domain };
  });
  const settings = await connector.portals.settingsOf(portalId);
  await connector.portals.saveSettings(portalId, readPortalSettings({ ...settings, phones: homes }));
}

/** What is said of a switch that no gateway has followed. */
export function unknownSwitch(switchId: string, known: readonly string[]): string {
  const list = known.length === 0 ? 'none: start the gateway first' : known.join(', ');
  return `There is no switch "${switchId}". Switches that a gateway has followed: ${list}.`;
}
