import type { CommandOutcome, PortalError } from '@app/bitrix24';
import type { PortalAppStore, PortalStore } from '@app/store';
import { doorAddresses } from '../door-addresses';
import type { PacedSessions, PortalRequests } from '../paced-sessions';
import type { SetUpStep } from '../set-up-portal';
import { bindingChanges, type Binding, type BindingChanges } from './event-bindings';

const NO_ADDRESS = 'PUBLIC_URL is not set, so the portal cannot be told where its events go.';

/** A step of the set-up: the portal tells our public door of its events, and keeps for us what must not be lost. */
export class BindEvents implements SetUpStep {
  readonly name = 'events';

  constructor(
    private readonly sessions: Pick<PacedSessions, 'with'>,
    private readonly portals: Pick<PortalStore, 'byId'>,
    private readonly apps: Pick<PortalAppStore, 'installKeyOf'>,
    private readonly publicUrl: string | undefined,
  ) {}

  async run(portalId: string): Promise<string | undefined> {
    const handler = await eventsAddress(this.portals, this.apps, this.publicUrl, portalId);
    if (handler === undefined) return NO_ADDRESS;
    const problems = await this.sessions.with(portalId, async (requests) => {
      const changes = await findBindingChanges(requests, handler);
      return [...missing(changes), ...(await unbind(requests, changes)), ...(await bind(requests, changes))];
    });
    return problems.length === 0 ? undefined : problems.join('\n');
  }
}

/**
 * Where the events of a portal go; undefined: PUBLIC_URL is not set, or the portal has no application. Holds the key of the
 * application. Throws StoreError.
 */
export async function eventsAddress(
  portals: Pick<PortalStore, 'byId'>,
  apps: Pick<PortalAppStore, 'installKeyOf'>,
  publicUrl: string | undefined,
  portalId: string,
): Promise<string | undefined> {
  const appId = (await portals.byId(portalId))?.appId ?? undefined;
  if (publicUrl === undefined || appId === undefined) return undefined;
  return doorAddresses(publicUrl, await apps.installKeyOf(appId)).events;
}

/** What has to be done about the bindings of a portal. Throws PortalError. */
export async function findBindingChanges(requests: PortalRequests, handler: string): Promise<BindingChanges> {
  const offered = await requests.tryCall('events', {});
  const { result: bound } = await requests.call('event.get', {});
  return bindingChanges(bound, offered.ok ? new Set(offered.answer.result) : undefined, handler);
}

function missing(changes: BindingChanges): string[] {
  return changes.missing.map(
    ({ event, without }) =>
      `The portal does not offer ${event}: ${without}. A self-hosted portal needs the module "telephony".`,
  );
}

async function unbind(requests: PortalRequests, changes: BindingChanges): Promise<string[]> {
  const outcomes = await requests.tryAll(
    'event.unbind',
    changes.unbind.map(({ event, handler }) => ({ event, handler })),
  );
  return outcomes.flatMap((outcome) =>
    outcome.ok ? [] : [`An old address stays bound: ${said(outcome.error)}`],
  );
}

async function bind(requests: PortalRequests, changes: BindingChanges): Promise<string[]> {
  const outcomes = await requests.tryAll('event.bind', changes.bind.map(bindParams));
  return outcomes.flatMap((outcome, index) => {
    const problem = problemOf(outcome);
    const { event = '', offline = false } = changes.bind[index] ?? {};
    return problem === undefined ? [] : [`${event}${offline ? ' (offline)' : ''} is not bound: ${problem}`];
  });
}

function bindParams({ event, handler, offline }: Binding) {
  return offline ? { event, event_type: 'offline' as const } : { event, handler };
}

/** What is bound already is bound. An event that is not there was offered a moment ago, or nobody could tell. */
function problemOf(outcome: CommandOutcome<'event.bind'>): string | undefined {
  if (outcome.ok || outcome.error.kind === 'already-there' || outcome.error.kind === 'not-found')
    return undefined;
  if (outcome.error.kind === 'access-denied')
    return 'whoever installed the application is no administrator. Reinstall it as one.';
  return said(outcome.error);
}

function said({ code, description, kind }: PortalError): string {
  return [code, description].filter((part) => part !== '').join(': ') || kind;
}
