import {
  PortalError,
  Secret,
  type OAuthTokens,
  type PortalErrorFacts,
  type RefreshRequest,
} from '@app/bitrix24';
import type { OAuthServers, TokenOwner, TokenOwners } from '../ports';
import { CLIENT_SECRET } from './memory-stores';

/** What a refresh token opens, as Bitrix24 knows it. */
interface Grant {
  readonly memberId: string;
  readonly endpoint: string;
  readonly owner: TokenOwner;
  readonly serverEndpoint: string;
}

/** An error as the clients throw it. */
export function portalError(
  verdict: PortalErrorFacts['verdict'],
  kind: PortalErrorFacts['kind'],
): PortalError {
  return new PortalError({ method: 'oauth.token', verdict, kind, code: '', description: 'scripted' });
}

/** Bitrix24's side of an installation: the OAuth servers and the portals behind them. Every refresh token works once. */
export class ScriptedBitrix24 implements OAuthServers, TokenOwners {
  /** Which OAuth server was asked, and whose token was looked into, in order. */
  readonly requests: string[] = [];
  /** Makes the OAuth server fail. */
  failure?: Error;
  /** Makes the portal fail. */
  ownerFailure?: Error;
  private readonly grants = new Map<string, Grant>();
  private readonly owners = new Map<string, TokenOwner>();

  /** A refresh token that the portal has given to our application. */
  grant(
    refreshToken: string,
    memberId: string,
    changes: Partial<TokenOwner & Omit<Grant, 'owner'>> = {},
  ): void {
    const {
      userId = 1,
      isAdmin = true,
      isInstallFinished = false,
      endpoint = 'https://acme.bitrix24.com/rest/',
      serverEndpoint = 'https://oauth.bitrix.info/rest/',
    } = changes;
    const owner = { userId, isAdmin, isInstallFinished };
    this.grants.set(refreshToken, { memberId, endpoint, owner, serverEndpoint });
  }

  async refresh({ oauthHost, clientSecret, refreshToken }: RefreshRequest): Promise<OAuthTokens> {
    await Promise.resolve();
    this.requests.push(`refresh at ${oauthHost}`);
    if (this.failure !== undefined) throw this.failure;
    const grant = this.grants.get(refreshToken.reveal());
    if (grant === undefined || clientSecret.reveal() !== CLIENT_SECRET) {
      throw portalError('ask-a-person', 'refresh-token-dead');
    }
    this.grants.delete(refreshToken.reveal());
    const accessToken = `access-after-${refreshToken.reveal()}`;
    this.owners.set(accessToken, grant.owner);
    return {
      accessToken: new Secret(accessToken),
      refreshToken: new Secret(`refresh-after-${refreshToken.reveal()}`),
      expiresAt: 1_800_000_000_000,
      clientEndpoint: grant.endpoint,
      serverEndpoint: grant.serverEndpoint,
      memberId: grant.memberId,
      scope: ['telephony', 'user_basic'],
      status: 'L',
      userId: grant.owner.userId,
    };
  }

  async ownerOf({ accessToken, clientEndpoint }: OAuthTokens): Promise<TokenOwner> {
    await Promise.resolve();
    this.requests.push(`owner at ${clientEndpoint}`);
    if (this.ownerFailure !== undefined) throw this.ownerFailure;
    const owner = this.owners.get(accessToken.reveal());
    if (owner === undefined) throw portalError('refresh-token', 'token-expired');
    return owner;
  }
}
