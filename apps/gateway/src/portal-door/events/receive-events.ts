import type { DoorContext } from '../door-context';
import type { DoorRings, InstalledPortals, KnownPortal, PortalApp, PortalEventInbox } from '../ports';
import { Refusal } from '../refusal';
import { isSecretOf } from '../same-secret';
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
   * @param asked the application of the address, which is looked up at the same time as the portal: two round trips to the
   *   database are all that an event waits for
   * @returns whether the event is new to us.
   * @throws Refusal; `unknown-portal` and `wrong-application-token` look the same from outside
   */
  async receive(
    asked: Promise<PortalApp>,
    event: PortalEvent,
    receivedAt: number,
  ): Promise<'stored' | 'duplicate'> {
    const portal = await this.verify(asked, event);
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

  private async verify(asked: Promise<PortalApp>, event: PortalEvent): Promise<KnownPortal> {
    const { name, memberId, applicationToken, refreshToken, serverEndpoint } = event;
    const [app, known] = await Promise.all([asked, this.stored(this.portals.byMemberId(memberId))]);
    const portal = known?.appId === app.appId ? known : undefined;
    const isVerified = isSecretOf(portal?.applicationTokenHash, applicationToken);
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
