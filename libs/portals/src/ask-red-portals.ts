import { PortalError, type PortalClient } from '@app/bitrix24';
import type { PortalStore } from '@app/store';
import type { PortalSessions } from './portal-sessions';
import { passingTroubles } from './troubles';

/**
 * Asks portals that are red for a reason that may pass by itself (the plan was renewed, the certificate mended) whether
 * they work again. Calls do not try that: a thousand of them would.
 */
export class AskRedPortals {
  constructor(
    private readonly portals: Pick<PortalStore, 'inTrouble'>,
    private readonly sessions: Pick<PortalSessions, 'with'>,
    private readonly client: Pick<PortalClient, 'call'>,
  ) {}

  /**
   * Asks each once. A session notes down what an answer or an error means for the portal.
   *
   * @throws StoreError
   */
  async run(): Promise<void> {
    const portalIds = await this.portals.inTrouble(passingTroubles);
    await Promise.all(portalIds.map((portalId) => this.#ask(portalId)));
  }

  async #ask(portalId: string): Promise<void> {
    try {
      // Needs no scope, and is refused when the plan has no REST.
      await this.sessions.with(portalId, (portal) => this.client.call(portal, 'profile', {}));
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
    }
  }
}
