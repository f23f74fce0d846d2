import type { PortalError } from '@app/bitrix24';
import type { PortalTroubles } from '@app/sync';

/** PortalStore is one. */
export interface Portals {
  markRed(portalId: string, reason: string): Promise<void>;
}

/**
 * Has a portal turn red whose trouble a person must mend. Not for a block by the vendor: that ends by itself one day, and
 * the rate governor finds out when.
 */
export class RedPortals implements PortalTroubles {
  constructor(private readonly portals: Portals) {}

  async report(portalId: string, error: PortalError): Promise<void> {
    if (error.kind !== 'blocked-by-vendor') await this.portals.markRed(portalId, error.message);
  }

  /** The new address is found out anew with every request until somebody stores it. */
  moved(): Promise<void> {
    return Promise.resolve();
  }
}
