import { PortalError, Secret, type OAuthTokens, type RefreshRequest } from '@app/bitrix24';
import { oauthOrigins } from '@app/bitrix24/contract';
import type { PortalStore, PortalTrouble, Renewal, RenewalBasis } from '@app/store';
import { placeOf, type AddressRules } from './portal-place';
import { needsInstallation, notRenewable, troubleOf } from './troubles';

/** What is asked of an OAuth server; OAuthClient is one. */
export interface OAuthServers {
  refresh(request: RefreshRequest): Promise<OAuthTokens>;
  /** Whether it is one of those that a secret may go to. */
  knows(oauthHost: string): boolean;
}

export interface RenewTokensOptions {
  /** Which addresses a portal may move to. */
  readonly rules: AddressRules;
  /**
   * A pair that was renewed less than this ago, ms, is not renewed again though the portal refuses it: who refreshes too often is blocked
   * (settings/oauth/auto-renewal.md). Default 10 s.
   */
  readonly freshForMs?: number;
  /** Epoch ms. */
  readonly now?: () => number;
}

/** What an OAuth server said, and the error for those who asked when it was no. */
type Answer = { readonly renewal: Renewal; readonly error?: PortalError };

/**
 * Gives working access tokens: the only place that refreshes. One refresh at a time per portal, in all processes together
 * (PortalStore.renewTokens); whoever asks meanwhile in this process shares its outcome, also its failure, so that an OAuth
 * server that hangs is not asked by twenty calls one after the other.
 */
export class RenewTokens {
  readonly #flights = new Map<string, Promise<string>>();

  constructor(
    private readonly portals: Pick<PortalStore, 'renewTokens'>,
    private readonly oauth: OAuthServers,
    private readonly options: RenewTokensOptions,
  ) {}

  /**
   * An access token in the place of one that the portal called expired.
   *
   * @throws PortalError `retry` or `wait-until`: later; `ask-a-person`: the portal is red by now, a person has to act
   * @throws StoreError when the database is away
   */
  async renew(portalId: string, stale: string): Promise<string> {
    const token = await (this.#flights.get(portalId) ?? this.#start(portalId, stale));
    return token === stale ? this.#start(portalId, stale) : token;
  }

  #start(portalId: string, stale: string): Promise<string> {
    const flight = this.#renew(portalId, stale).finally(() => {
      if (this.#flights.get(portalId) === flight) this.#flights.delete(portalId);
    });
    this.#flights.set(portalId, flight);
    return flight;
  }

  async #renew(portalId: string, stale: string): Promise<string> {
    let refused: PortalError | undefined;
    const token = await this.portals.renewTokens(portalId, stale, async (basis) => {
      const { renewal, error } = await this.#ask(basis);
      refused = error;
      return renewal;
    });
    if (token !== undefined) return token;
    throw refused ?? refusal(notRenewable);
  }

  async #ask(basis: RenewalBasis): Promise<Answer> {
    const { app, credentials, trouble, renewedMsAgo = Infinity } = basis;
    if (trouble && needsInstallation(trouble)) return no(trouble);
    const refreshToken = credentials?.refreshToken;
    if (app === undefined || refreshToken === undefined) return no(notRenewable);
    const { freshForMs = 10_000 } = this.options;
    if (renewedMsAgo < freshForMs) throw this.#tooSoon(freshForMs - renewedMsAgo);
    try {
      const tokens = await this.oauth.refresh({
        oauthHost: credentials?.serverEndpoint ?? oauthOrigins[0],
        clientId: app.clientId,
        clientSecret: new Secret(app.clientSecret),
        refreshToken: new Secret(refreshToken),
      });
      return { renewal: this.#renewed(basis, tokens) };
    } catch (error) {
      const newTrouble = error instanceof PortalError ? troubleOf(error) : undefined;
      if (newTrouble === undefined) throw error;
      return { renewal: { kind: 'refused', trouble: newTrouble }, error: error as PortalError };
    }
  }

  /** @throws PortalError when the tokens are those of another portal */
  #renewed({ memberId, credentials }: RenewalBasis, tokens: OAuthTokens): Renewal {
    if (tokens.memberId !== memberId)
      throw refusal({ ...notRenewable, reason: 'The OAuth server answered with tokens of another portal.' });
    const { accessToken, refreshToken, expiresAt, serverEndpoint, clientEndpoint, scope, status } = tokens;
    return {
      kind: 'renewed',
      credentials: {
        accessToken: accessToken.reveal(),
        refreshToken: refreshToken.reveal(),
        expiresAt,
        // A server that is not ours would never be asked again: the portal would be lost.
        serverEndpoint: this.oauth.knows(serverEndpoint) ? serverEndpoint : credentials?.serverEndpoint,
      },
      place: placeOf(clientEndpoint, this.options.rules),
      scope: scope.length > 0 ? scope : undefined,
      appStatus: status === '' ? undefined : status,
    };
  }

  #tooSoon(forMs: number): PortalError {
    const { now = Date.now } = this.options;
    return new PortalError({
      ...ABOUT_TOKENS,
      kind: 'token-expired',
      verdict: 'wait-until',
      until: Math.ceil(now() + forMs),
      description: 'the portal refuses a token that was renewed a moment ago',
    });
  }
}

const ABOUT_TOKENS = { method: 'oauth.token', code: '' } as const;

function no(trouble: PortalTrouble): Answer {
  return { renewal: { kind: 'refused', trouble }, error: refusal(trouble) };
}

function refusal({ reason }: PortalTrouble): PortalError {
  return new PortalError({
    ...ABOUT_TOKENS,
    kind: 'refresh-token-dead',
    verdict: 'ask-a-person',
    description: reason,
  });
}
