import type { PortalError } from '@app/bitrix24';
import type { PortalStore } from '@app/store';
import { placeOf, type AddressRules } from './portal-place';
import { passingTroubles, troubleOf } from './troubles';

/** Told what should be shouted; a logger is one. */
export interface TroubleLog {
  error(facts: object, message: string): void;
  info(facts: object, message: string): void;
}

/** Keeps what portals say of themselves: why they cannot be used, that they can again, where they have gone. */
export class PortalTroubles {
  constructor(
    private readonly portals: Pick<PortalStore, 'markRed' | 'markOk' | 'move'>,
    private readonly rules: AddressRules,
    private readonly log: TroubleLog,
  ) {}

  /** An error of a portal. Turns it red if a person has to act; of any other error nothing is kept. Throws StoreError. */
  async report(portalId: string, error: PortalError): Promise<void> {
    const trouble = troubleOf(error);
    if (trouble === undefined) return;
    if (await this.portals.markRed(portalId, trouble))
      this.log.error({ portalId, ...trouble }, 'a portal cannot be used until somebody acts');
  }

  /**
   * A request to a portal that is red was answered: a trouble that can pass by itself is over, and its calls are due.
   * Costs a statement: to be told when the portal was red, not of every answer. Throws StoreError.
   */
  async recovered(portalId: string): Promise<void> {
    if (await this.portals.markOk(portalId, passingTroubles))
      this.log.info({ portalId }, 'a portal can be used again');
  }

  /** The portal has answered from a new address (`movedTo` of an answer). Throws StoreError. */
  async moved(portalId: string, endpoint: string): Promise<void> {
    const place = placeOf(endpoint, this.rules);
    if (place === undefined) return;
    await this.portals.move(portalId, place);
    this.log.info({ portalId, domain: place.domain }, 'a portal was renamed');
  }
}
