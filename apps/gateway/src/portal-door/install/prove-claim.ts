import { PortalError, Secret, type OAuthTokens, type Verdict } from '@app/bitrix24';
import type { AddressRules, OAuthServers, PortalApp, TokenOwner, TokenOwners, TokenSet } from '../ports';
import { Refusal, type RefusalReason } from '../refusal';
import { oauthServerOf, portalOriginOf } from '../trusted-addresses';
import type { Claim } from './claim';

/** A claim that holds. */
export interface Proof {
  /** Of our own refresh; those of the claim are worthless now. */
  readonly tokens: TokenSet;
  readonly owner: TokenOwner;
  /** Where the portal is, by the OAuth server's word. */
  readonly origin: string;
}

/** Whom a claim is proven with. */
export interface Provers {
  readonly oauth: OAuthServers;
  readonly owners: TokenOwners;
  /** For the portals' addresses. */
  readonly rules: AddressRules;
  /** Origins of OAuth servers beside those of Bitrix24. */
  readonly oauthServers: readonly string[];
}

/**
 * Proves a claim: a refresh with the secret of our application, at an OAuth server that we know, must succeed and name
 * the same portal. Then the portal is asked whose token it is. So nobody can be installed who does not hold a refresh
 * token that this portal gave to this application.
 *
 * The claim's tokens are spent by that, also when it is refused afterwards.
 */
export class ProveClaim {
  constructor(private readonly provers: Provers) {}

  /** @throws Refusal that says what does not hold, or `portal-unavailable` when nobody could tell */
  async prove(app: PortalApp, claim: Claim): Promise<Proof> {
    const { oauth, owners, rules, oauthServers } = this.provers;
    const oauthHost = oauthServerOf(claim.serverEndpoint, oauthServers);
    if (app.memberId !== undefined && app.memberId !== claim.memberId) throw new Refusal('other-portal');
    const { clientId, clientSecret } = app;
    const secrets = { clientSecret: new Secret(clientSecret.reveal()), refreshToken: claim.refreshToken };
    const tokens = await answerOf(oauth.refresh({ oauthHost, clientId, ...secrets }), 'token-refused');
    if (tokens.memberId !== claim.memberId) {
      throw new Refusal('token-refused', { detail: 'the token is of another portal' });
    }
    const origin = portalOriginOf(tokens.clientEndpoint, rules);
    const owner = await answerOf(owners.ownerOf(tokens), 'portal-refused');
    return { tokens: this.tokenSet(tokens, oauthHost), owner, origin };
  }

  /** The next refresh goes to the server that the answer names, if that is one of ours; else to the same again. */
  private tokenSet(tokens: OAuthTokens, provenAt: string): TokenSet {
    const { accessToken, refreshToken, serverEndpoint } = tokens;
    return {
      ...tokens,
      accessToken: accessToken.reveal(),
      refreshToken: refreshToken.reveal(),
      serverEndpoint: `${trustedOr(provenAt, serverEndpoint, this.provers.oauthServers)}/rest/`,
    };
  }
}

function trustedOr(fallback: string, serverEndpoint: string, allowed: readonly string[]): string {
  try {
    return oauthServerOf(serverEndpoint, allowed);
  } catch {
    return fallback;
  }
}

/** Verdicts that say "no", not "later". */
const NO: readonly Verdict[] = ['give-up', 'ask-a-person', 'refresh-token'];

async function answerOf<T>(answer: Promise<T>, no: RefusalReason): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new Refusal(reasonOf(error, no), { cause: error });
  }
}

function reasonOf(error: unknown, no: RefusalReason): RefusalReason {
  if (!(error instanceof PortalError) || !NO.includes(error.verdict)) return 'portal-unavailable';
  if (error.kind === 'bad-address') return 'portal-address-refused';
  return error.kind === 'no-rest-on-this-plan' ? 'portal-refused' : no;
}
