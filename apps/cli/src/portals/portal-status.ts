import type { Connector } from '../connector';
import type { Colour } from '../terminal/terminal';
import type { KnownPortal } from './find-portal';

type App = Awaited<ReturnType<Connector['apps']['list']>>[number];

/** How a portal, or an application without one, stands: for people and for programs. */
export interface PortalStatus {
  readonly state: 'green' | 'yellow' | 'red' | 'waiting';
  /** Undefined: not installed yet. */
  readonly domain?: string;
  readonly memberId?: string;
  readonly clientId?: string;
  readonly kind?: 'local' | 'market';
  /** Why it is not green. */
  readonly reason?: string;
  /** And what to do about it. */
  readonly cure?: string;
}

export const COLOURS = {
  green: 'green',
  yellow: 'yellow',
  red: 'red',
  waiting: 'dim',
} as const satisfies Record<PortalStatus['state'], Colour>;

/** The portals, and the applications that no portal has installed yet. */
export async function statuses({
  portals,
  apps,
}: Pick<Connector, 'portals' | 'apps'>): Promise<PortalStatus[]> {
  const known = await portals.all();
  const applications = await apps.list();
  const waiting = applications.filter(({ appId }) => !known.some((portal) => portal.appId === appId));
  return [
    ...known.map((portal) =>
      statusOf(
        portal,
        applications.find(({ appId }) => appId === portal.appId),
      ),
    ),
    ...waiting.map(waitingStatus),
  ];
}

/** How a portal stands, by what is known of it here. */
export function statusOf(portal: KnownPortal, app: App | undefined): PortalStatus {
  const { domain, memberId } = portal;
  const who = { domain, memberId, clientId: app?.clientId, kind: app?.kind };
  if (portal.troubleKind !== null)
    return {
      ...who,
      state: 'red',
      reason: portal.troubleReason ?? '',
      cure: portal.troubleCure ?? '',
    };
  if (portal.setUpProblem !== null)
    return {
      ...who,
      state: 'yellow',
      reason: portal.setUpProblem,
      cure: 'After mending it: portals repair.',
    };
  if (portal.setUpDone < portal.setUpWanted)
    return { ...who, state: 'yellow', reason: 'It is still being set up.', cure: 'See that a worker runs.' };
  return { ...who, state: 'green' };
}

function waitingStatus({ clientId, kind }: App): PortalStatus {
  return {
    state: 'waiting',
    clientId,
    kind,
    reason: 'No portal has installed this application yet.',
    cure: 'Enter its addresses in Bitrix24 and open it there as an administrator.',
  };
}
