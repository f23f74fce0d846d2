import { readLinePolicy, StoreError, type LinePolicy, type NamedLine } from '@app/store';
import { readArguments, Refusal, UsageError } from '../command-line';
import type { Connector } from '../connector';
import { EXIT } from '../exit-codes';
import { table } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';
import { setUpByWorker, wordsOf } from './await-set-up';
import type { PortalsCommand } from './command';
import { findPortal, type KnownPortal } from './find-portal';
import { unknownSwitch } from './phones';

const usage = `portals lines [PORTAL]
portals lines set PORTAL --did NUMBER [--line NUMBER] [--name NAME] [--policy JSON] [--switch ID] [--domain DOMAIN]
portals lines remove PORTAL --did NUMBER [--switch ID] [--domain DOMAIN] [--delete-in-portal]

  Which number of the company (DID, as the switch tells it) is which external line of the portal, and how the line is called
  there. Without --line the line has the number of the DID. Several numbers may share a line. The worker then brings the
  portal to have the lines. A line that stands for no number any more stays in the portal, unless --delete-in-portal says
  otherwise: its name is in the statistics of old calls.

  --policy  where calls over the line differ from the portal's settings, for example
            {"inbound": {"missed": {"responsible": "entity-owner"}, "crm": {"create": false}}}; {} is as the portal`;

const OPTIONS = {
  did: { type: 'string' },
  line: { type: 'string' },
  name: { type: 'string' },
  policy: { type: 'string' },
  switch: { type: 'string' },
  domain: { type: 'string' },
  'delete-in-portal': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;
type Values = ReturnType<typeof readArguments<typeof OPTIONS>>['values'];

const WAIT_MS = 60_000;

/** `portals lines`. */
export const lines: PortalsCommand = {
  usage,
  about: 'which number of the company is which line of a portal',
  run: async (args, { terminal, connector }) => {
    const { values, positionals } = readArguments(args, OPTIONS, usage);
    const [verb, ...rest] = positionals;
    const isChange = verb === 'set' || verb === 'remove';
    const [name, ...more] = isChange ? rest : positionals;
    if (more.length > 0 || (isChange && name === undefined)) throw new UsageError(usage);
    const portal = await findPortal(connector, name);
    if (verb === 'set') await set(connector, portal, values);
    if (verb === 'remove') await remove(connector, portal, values);
    const end = isChange ? await setUpByWorker(connector, portal.portalId, WAIT_MS) : undefined;
    if (end !== undefined) terminal.tell(wordsOf(end));
    print(terminal, await connector.lines.of(portal.portalId), values.json === true);
    return end === undefined || end.kind === 'done' ? EXIT.ok : EXIT.failed;
  },
};

async function set(connector: Connector, { portalId }: KnownPortal, values: Values): Promise<void> {
  const place = await placeOf(connector, values);
  const lineNumber = (values.line ?? place.did).trim();
  if (lineNumber === '') throw new UsageError('--line needs a number.');
  const policy = policyIn(values.policy);
  try {
    await connector.directory.saveLines(portalId, [{ ...place, lineNumber, ...(policy && { policy }) }]);
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'bad-row')
      throw new Refusal(`${place.did} cannot be a line of this portal: ${error.message}.`);
    throw error;
  }
  await connector.lines.name(portalId, lineNumber, values.name?.trim() || undefined);
}

function policyIn(text: string | undefined): LinePolicy | undefined {
  if (text === undefined) return undefined;
  try {
    return readLinePolicy(JSON.parse(text));
  } catch (error) {
    if (error instanceof StoreError) throw new UsageError(`--policy: ${error.message}.`);
    throw new UsageError(`--policy takes JSON.\n\n${usage}`);
  }
}

async function remove(connector: Connector, { portalId }: KnownPortal, values: Values): Promise<void> {
  const place = await placeOf(connector, values);
  const known = (await connector.lines.of(portalId)).find((line) => isAt(line, place));
  if (known === undefined)
    throw new Refusal(`${place.did} is no line of this portal; "portals lines" shows them.`);
  await connector.lines.remove(portalId, place);
  if (values['delete-in-portal'] === true) await connector.lines.wishDeletion(portalId, known.lineNumber);
}

interface Place {
  readonly switchId: string;
  readonly domain?: string;
  readonly did: string;
}

/** The switch may be left out when there is only one. */
async function placeOf({ phones }: Connector, values: Values): Promise<Place> {
  const did = values.did?.trim() ?? '';
  if (!/^\+?[\w.-]{1,40}$/.test(did))
    throw new UsageError(`--did needs a number, as the switch tells it.\n\n${usage}`);
  const switches = (await phones.switches()).map(({ switchId }) => switchId);
  const switchId = values.switch ?? (switches.length === 1 ? switches[0] : undefined);
  if (switchId === undefined)
    throw new UsageError(`Say which switch: --switch ${switches.join('|') || 'ID'}.`);
  if (!switches.includes(switchId)) throw new Refusal(unknownSwitch(switchId, switches));
  return { switchId, did, ...(values.domain !== undefined && { domain: values.domain }) };
}

function isAt(line: NamedLine, { switchId, domain, did }: Place): boolean {
  return line.switchId === switchId && line.domain === domain && line.did === did;
}

function print(terminal: Terminal, found: readonly NamedLine[], asJson: boolean): void {
  if (asJson) {
    terminal.write(JSON.stringify(found, undefined, 2));
    return;
  }
  if (found.length === 0) terminal.tell('No number of the company is known: "portals lines set" gives them.');
  const rows = found.map(({ did, lineNumber, name, switchId, domain }) => [
    did,
    `line ${lineNumber}`,
    name === undefined ? '' : `"${name}"`,
    domain === undefined ? switchId : `${switchId}:${domain}`,
  ]);
  for (const line of table(rows)) terminal.write(line);
}
