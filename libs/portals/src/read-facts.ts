import type { PortalClient } from '@app/bitrix24';
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
    const { result: app } = await this.sessions.with(portalId, (portal) =>
      this.client.call(portal, 'app.info', {}),
    );
    const { result: scope } = await this.sessions.with(portalId, (portal) =>
      this.client.call(portal, 'scope', {}),
    );
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
}
