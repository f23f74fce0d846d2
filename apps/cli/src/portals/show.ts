import { readArguments, UsageError } from '../command-line';
import type { Connector } from '../connector';
import { EXIT } from '../exit-codes';
import { table } from '../terminal/table';
import type { PortalsCommand } from './command';
import { findPortal, type KnownPortal } from './find-portal';
import { statusOf, type PortalStatus } from './portal-status';

const usage = `portals show [PORTAL] [--json]

  What is known of a portal. PORTAL is its domain or member id; it may be left out when there is only one.`;

/** `portals show`: everything about one portal that is no secret. */
export const show: PortalsCommand = {
  usage,
  about: 'what is known of one portal',
  run: async (args, { terminal, connector }) => {
    const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, usage);
    if (positionals.length > 1) throw new UsageError(usage);
    const facts = await factsOf(connector, await findPortal(connector, positionals[0]));
    if (values.json === true) terminal.write(JSON.stringify(facts, undefined, 2));
    else for (const line of table(rowsOf(facts))) terminal.write(line);
    return EXIT.ok;
  },
};

/** What `show --json` prints. */
interface PortalDetails {
  readonly status: PortalStatus;
  readonly portalId: string;
  readonly endpoint: string;
  readonly license: string | null;
  readonly permissions: readonly string[];
  readonly installerUserId: number | null;
  readonly limit: { readonly capacity: number; readonly drainPerSecond: number };
  readonly extensions: number;
  readonly phones: readonly { readonly switchId: string; readonly domain?: string }[];
  readonly lines: readonly { readonly did: string; readonly lineNumber: string; readonly name?: string }[];
  readonly chores: readonly {
    readonly chore: string;
    readonly doneAt?: string;
    readonly problem?: string;
  }[];
}

async function factsOf(connector: Connector, portal: KnownPortal): Promise<PortalDetails> {
  const { portalId } = portal;
  const apps = await connector.apps.list();
  const chores = await connector.chores.of(portalId);
  return {
    status: statusOf(
      portal,
      apps.find(({ appId }) => appId === portal.appId),
    ),
    portalId,
    endpoint: portal.endpoint,
    license: portal.license,
    permissions: portal.scope,
    installerUserId: portal.installerUserId,
    limit: { capacity: portal.rateCapacity, drainPerSecond: portal.rateDrainPerSecond },
    extensions: (await connector.phones.of(portalId)).length,
    phones: await connector.phones.homesOf(portalId),
    lines: await connector.lines.of(portalId),
    chores: chores.map(({ chore, doneAt, problem }) => ({
      chore,
      doneAt: doneAt === undefined ? undefined : new Date(doneAt).toISOString(),
      problem,
    })),
  };
}

function rowsOf(facts: PortalDetails): string[][] {
  const { status, limit, phones, lines, chores } = facts;
  return [
    ['portal', `${status.domain ?? ''} (${status.state})`],
    ...[status.reason, status.cure]
      .flatMap((text) => (text ?? '').split('\n'))
      .filter(isTold)
      .map(below),
    ['member id', status.memberId ?? ''],
    ['our id', facts.portalId],
    ['REST', facts.endpoint],
    ['application', [status.kind, status.clientId].filter(isTold).join(' ') || 'none'],
    ['plan', facts.license ?? 'not known yet'],
    ['permissions', facts.permissions.join(', ') || 'not known yet'],
    ['works as', facts.installerUserId === null ? 'not known' : `user ${facts.installerUserId}`],
    ['limit', `${limit.drainPerSecond} requests a second, ${limit.capacity} at once`],
    ['extensions', `${facts.extensions}, on ${phones.map(homeName).join(', ') || 'no switch that is known'}`],
    ['lines', lines.length === 0 ? 'none' : ''],
    ...lines.map(({ did, lineNumber, name }) =>
      below(`${did}  line ${lineNumber}${name ? `  "${name}"` : ''}`),
    ),
    ...chores.map(({ chore, doneAt, problem }) => [
      chore,
      [doneAt === undefined ? 'not done yet' : `done at ${doneAt}`, problem].filter(isTold).join(': '),
    ]),
  ];
}

function below(text: string): string[] {
  return ['', text];
}

function isTold(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

function homeName({ switchId, domain }: { readonly switchId: string; readonly domain?: string }): string {
  return domain === undefined ? switchId : `${switchId} (${domain})`;
}
