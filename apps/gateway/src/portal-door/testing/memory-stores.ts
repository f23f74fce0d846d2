import { createHash } from 'node:crypto';
import { Secret } from '@app/bitrix24';
import type {
  DoorRings,
  EventToStore,
  InstalledPortals,
  KnownPortal,
  PortalApp,
  PortalApps,
  PortalEventInbox,
  TokenSet,
} from '../ports';

export const INSTALL_KEY = 'k3yThatNobodyCanGuess-0123456789abcdef';
export const CLIENT_SECRET = 'client-secret-of-ours';

/** A portal as the memory keeps it: with what the door handed over. */
export interface StoredPortal extends KnownPortal {
  readonly memberId: string;
  readonly tokens?: TokenSet;
  readonly installer: { readonly userId: number; readonly isAdmin: boolean };
}

/** The stores of the door in memory, with a switch that takes them away. */
export class MemoryStores implements PortalApps, InstalledPortals, PortalEventInbox {
  readonly apps = new Map<string, PortalApp>([[INSTALL_KEY, appOf({})]]);
  readonly portals = new Map<string, StoredPortal>();
  readonly events: EventToStore[] = [];
  readonly uninstalled: { portalId: string; clean: boolean }[] = [];
  /** What the database does to everybody who asks. */
  state: 'up' | 'away' | 'hanging' = 'up';

  async byInstallKey(installKey: string): Promise<PortalApp | undefined> {
    await this.reachable();
    return this.apps.get(installKey);
  }

  async byMemberId(memberId: string): Promise<StoredPortal | undefined> {
    await this.reachable();
    return this.portals.get(memberId);
  }

  async install(
    appId: string,
    tokens: TokenSet,
    applicationToken: string,
    installer: StoredPortal['installer'],
  ): Promise<{ portalId: string; isNew: boolean }> {
    await this.reachable();
    const { memberId, clientEndpoint: endpoint } = tokens;
    const known = this.portals.get(memberId);
    const portalId = known?.portalId ?? `portal-${this.portals.size + 1}`;
    this.portals.set(memberId, {
      portalId,
      appId,
      memberId,
      applicationTokenHash: hashOf(applicationToken),
      endpoint,
      status: 'ok',
      tokens,
      installer,
    });
    return { portalId, isNew: known === undefined };
  }

  async update(portalId: string, applicationToken: string, tokens?: TokenSet): Promise<void> {
    await this.reachable();
    const portal = this.portal(portalId);
    const applicationTokenHash = hashOf(applicationToken);
    this.portals.set(portal.memberId, { ...portal, applicationTokenHash, tokens: tokens ?? portal.tokens });
  }

  async uninstall(portalId: string, clean: boolean): Promise<void> {
    await this.reachable();
    this.uninstalled.push({ portalId, clean });
  }

  async store(event: EventToStore): Promise<{ eventId: string; duplicate: boolean }> {
    await this.reachable();
    const { receivedAt: _receivedAt, auth: _auth, ...fresh } = event;
    const identity = JSON.stringify(fresh);
    const before = this.events.findIndex(
      ({ receivedAt: _seen, auth: _by, ...known }) => JSON.stringify(known) === identity,
    );
    if (before >= 0) return { eventId: `event-${before + 1}`, duplicate: true };
    this.events.push(event);
    return { eventId: `event-${this.events.length}`, duplicate: false };
  }

  /** Changes a portal behind the door's back. */
  change(memberId: string, changes: Partial<StoredPortal>): void {
    const portal = this.portals.get(memberId);
    if (portal === undefined) throw new Error(`${memberId} is not installed`);
    this.portals.set(memberId, { ...portal, ...changes });
  }

  private portal(portalId: string): StoredPortal {
    const found = [...this.portals.values()].find((portal) => portal.portalId === portalId);
    if (found === undefined) throw new Error(`there is no ${portalId}`);
    return found;
  }

  private async reachable(): Promise<void> {
    if (this.state === 'away') throw new Error('connect ECONNREFUSED');
    if (this.state === 'hanging') await new Promise(() => undefined);
  }
}

/** How a store keeps an application token. */
export function hashOf(applicationToken: string): string {
  return createHash('sha256').update(applicationToken).digest('hex');
}

/** An application as it was added. */
export function appOf(changes: Partial<PortalApp>): PortalApp {
  return {
    appId: 'app-1',
    kind: 'local',
    clientId: 'local.1',
    clientSecret: new Secret(CLIENT_SECRET),
    ...changes,
  };
}

/** Rings that are written down; `areTaken = false` is a queue that is away. */
export class MemoryRings implements DoorRings {
  readonly rung: string[] = [];
  areTaken = true;

  portalEvent(eventId: string): Promise<void> {
    return this.ring(`event ${eventId}`);
  }

  setUp(portalId: string): Promise<void> {
    return this.ring(`set-up ${portalId}`);
  }

  private async ring(about: string): Promise<void> {
    await Promise.resolve();
    if (!this.areTaken) throw new Error('the queue is away');
    this.rung.push(about);
  }
}
