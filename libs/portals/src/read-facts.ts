import type { PortalAddress, PortalClient } from '@app/bitrix24';
import { requestLimitOf } from '@app/bitrix24/contract';
import type { PortalStore } from '@app/store';
import type { PortalSessions } from './portal-sessions';
import type { SetUpStep } from './set-up-portal';

/** The permissions that calls cannot do without (Bitrix24 contract, section 3.1). */
const NEEDED_SCOPES = ['telephony'];

/** The first step of a set-up: what the application may do, how it was paid for, and which limit the plan has. */
export class ReadFacts implements SetUpStep {
  readonly name = 'licence and permissions';

  constructor(
    private readonly sessions: Pick<PortalSessions, 'with'>,
    private readonly client: Pick<PortalClient, 'call'>,
    private readonly portals: Pick<PortalStore, 'saveFacts' | 'learnRateLimit'>,
  ) {}

  async run(portalId: string): Promise<string | undefined> {
    const { app, scope } = await this.sessions.with(portalId, (portal) => this.#ask(portal));
    await this.portals.saveFacts(portalId, {
      scope,
      appStatus: app.STATUS ?? undefined,
      license: app.LICENSE ?? undefined,
    });
    await this.portals.learnRateLimit(portalId, requestLimitOf(app.LICENSE_FAMILY));
    const missing = NEEDED_SCOPES.filter((needed) => !scope.includes(needed));
    return missing.length === 0
      ? undefined
      : `The application lacks the permission ${missing.join(', ')}: add it in Bitrix24 and reinstall.`;
  }

  async #ask(portal: PortalAddress) {
    const app = await this.client.call(portal, 'app.info', {});
    const here = { ...portal, endpoint: app.movedTo ?? portal.endpoint };
    const scope = await this.client.call(here, 'scope', {});
    return { app: app.result, scope: scope.result, movedTo: app.movedTo };
  }
}
