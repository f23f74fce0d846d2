import { PortalError } from '@app/bitrix24';
import type { PortalTokens } from '@app/sync';

/** Where the tokens of portals are. PortalStore is one. */
export interface StoredCredentials {
  credentialsOf(portalId: string): Promise<{ readonly accessToken: string }>;
}

/** Takes over the token that somebody else has renewed and stored. It renews none itself. */
export class StoredTokens implements PortalTokens {
  constructor(private readonly portals: StoredCredentials) {}

  /** @throws PortalError `token-expired` while the stale one is still the newest */
  async renew(portalId: string, stale: string): Promise<string> {
    const { accessToken } = await this.portals.credentialsOf(portalId);
    if (accessToken !== stale) return accessToken;
    throw new PortalError({
      ...{ method: 'oauth.token', kind: 'token-expired', verdict: 'refresh-token' },
      ...{ code: '', description: 'nobody has renewed the access token yet' },
    });
  }
}
