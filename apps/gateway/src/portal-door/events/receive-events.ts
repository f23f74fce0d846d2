import type { DoorContext } from '../door-context';
import type { DoorRings, InstalledPortals, KnownPortal, PortalApp, PortalEventInbox } from '../ports';
import { Refusal } from '../refusal';
import { sameSecret } from '../same-secret';
import { storeAnswer } from '../store-answer';
import { wantsCleaning, type PortalEvent } from './portal-event';
import type { RenewOnUpdate } from './renew-on-update';

/**
 * Takes the events of portals: verified, stored, answered; in this order, and nothing else before the answer. What an
 * event means is the worker's business. Two change who may come in, and are done here: ONAPPUPDATE and ONAPPUNINSTALL.
 */
export class ReceiveEvents {
  constructor(
    private readonly portals: InstalledPortals,
    private readonly inbox: PortalEventInbox,
    private readonly updates: RenewOnUpdate,
    private readonly rings: DoorRings,
    private readonly context: DoorContext,
  ) {}

  /**
   * @returns whether the event is new to us.
   * @throws Refusal; `unknown-portal` and `wrong-application-token` look the same from outside
   */
  async receive(app: PortalApp, event: PortalEvent, receivedAt: number): Promise<'stored' | 'duplicate'> {
    const portal = await this.verify(app, event);
    const { name, ts, handlerId, data, auth } = event;
    const { eventId, duplicate } = await this.stored(
      this.inbox.store({ portalId: portal.portalId, name, ts, handlerId, data, auth, receivedAt }),
    );
    if (name === 'ONAPPUNINSTALL') {
      await this.stored(this.portals.uninstall(portal.portalId, wantsCleaning(event)));
      this.context.log.info({ portalId: portal.portalId }, 'the application was removed from a portal');
    }
    this.context.metrics.events.inc({ outcome: duplicate ? 'duplicate' : 'stored' });
    if (!duplicate) void this.ring('event', () => this.rings.portalEvent(eventId));
    if (name === 'ONAPPUPDATE') void this.ring('set-up', () => this.rings.setUp(portal.portalId));
    return duplicate ? 'duplicate' : 'stored';
  }

  private async verify(app: PortalApp, event: PortalEvent): Promise<KnownPortal> {
    const { name, memberId, applicationToken, refreshToken, serverEndpoint } = event;
    const known = await this.stored(this.portals.byMemberId(memberId));
    const portal = known?.appId === app.appId ? known : undefined;
    const isVerified = sameSecret(applicationToken, portal?.applicationToken);
    if (portal === undefined) throw new Refusal('unknown-portal');
    if (name === 'ONAPPUPDATE' && refreshToken !== undefined && applicationToken !== undefined) {
      const claim = { memberId, refreshToken, applicationToken, serverEndpoint };
      await this.updates.renew(app, portal, claim, isVerified);
    } else if (!isVerified) {
      throw new Refusal('wrong-application-token');
    }
    return portal;
  }

  private async ring(about: string, ring: () => Promise<void>): Promise<void> {
    try {
      await ring();
    } catch (error) {
      this.context.log.warn({ err: error, about }, 'a ring was not taken: the sweeper will find what waits');
    }
  }

  private stored<T>(answer: Promise<T>): Promise<T> {
    return storeAnswer(answer, this.context.storeMs);
  }
}
