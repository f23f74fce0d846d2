import type { DoorContext } from '../door-context';
import type { Claim } from '../install/claim';
import type { ProveClaim } from '../install/prove-claim';
import type { InstalledPortals, KnownPortal, PortalApp } from '../ports';
import { Refusal } from '../refusal';
import { storeAnswer } from '../store-answer';

/**
 * ONAPPUPDATE: a new version of the application brings a new application token, so the event cannot prove itself by the
 * old one. It is proven like an installation; an employee could do that with a token of his own, and choose what our
 * events are checked against, so only an administrator's counts.
 */
export class RenewOnUpdate {
  constructor(
    private readonly prover: ProveClaim,
    private readonly portals: InstalledPortals,
    private readonly context: DoorContext,
  ) {}

  /**
   * Replaces what the portal gave us. `isVerified`: the event carries the application token that we know; then it is
   * true whether or not its tokens can be proven, and those that cannot are left alone.
   *
   * @throws Refusal when neither holds
   */
  async renew(app: PortalApp, portal: KnownPortal, claim: Claim, isVerified: boolean): Promise<void> {
    try {
      const { tokens, owner } = await this.prover.prove(app, claim);
      if (!owner.isAdmin) throw new Refusal('not-an-administrator');
      await storeAnswer(
        this.portals.update(portal.portalId, claim.applicationToken, tokens),
        this.context.storeMs,
      );
      this.context.log.info(
        { portalId: portal.portalId },
        'a new version of the application: tokens renewed',
      );
    } catch (error) {
      if (!isVerified || !(error instanceof Refusal) || error.reason === 'store-unavailable') throw error;
      this.context.log.warn(
        { err: error, portalId: portal.portalId },
        'a new version of the application: its tokens could not be proven, the old ones stay',
      );
    }
  }
}
