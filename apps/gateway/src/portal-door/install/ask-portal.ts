import type { OAuthTokens, PortalClient } from '@app/bitrix24';
import type { TokenOwner, TokenOwners } from '../ports';

/** Asks a portal who its token belongs to, and whether our application is installed there to the end. */
export class AskPortal implements TokenOwners {
  /** `client` checks addresses: what the OAuth server calls the portal may still lead into our own network. */
  constructor(private readonly client: Pick<PortalClient, 'call'>) {}

  /** @throws PortalError */
  async ownerOf({ clientEndpoint: endpoint, accessToken }: OAuthTokens): Promise<TokenOwner> {
    const portal = { endpoint, accessToken };
    const [profile, app] = await Promise.all([
      this.client.call(portal, 'profile', {}),
      this.client.call(portal, 'app.info', {}),
    ]);
    const { ID: userId, ADMIN } = profile.result;
    return {
      userId: userId ?? 0,
      // Somebody who was dismissed has no profile, and is no administrator any more.
      isAdmin: userId !== null && ADMIN === true,
      // A portal that does not tell is taken at its best: what it has stays.
      isInstallFinished: app.result.INSTALLED ?? true,
    };
  }
}
