import { describeIssues, readAnswer, unreadable } from './answer';
import type { AnswerContext } from './answer';
import type { ClientOptions } from './client-options';
import { OAUTH_TOKEN_PATH, oauthOrigins, oauthToken } from './contract';
import type { ResultOf } from './contract';
import { exchange } from './exchange';
import type { HttpReply } from './http-reply';
import { OAUTH_TOKEN } from './method-safety';
import type { RequestName } from './method-safety';
import { notSent, restPost } from './outgoing';
import type { OutgoingRequest } from './outgoing';
import { Secret } from './secret';

export interface OAuthClientOptions extends ClientOptions {
  /** OAuth servers beside the vendor's own, as origins: `http://127.0.0.1:8080`. For tests. */
  readonly moreOrigins?: readonly string[];
}

export interface RefreshRequest {
  /** Host of the OAuth server, or its `server_endpoint`; one of the list, or nothing is sent. */
  readonly oauthHost: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly refreshToken: Secret;
}

/** What a refresh brings. Store it before anything else: the old refresh token is void. */
export interface OAuthTokens {
  readonly accessToken: Secret;
  readonly refreshToken: Secret;
  /** End of the access token, epoch ms by our clock. */
  readonly expiresAt: number;
  /** The portal's REST root. As good as the OAuth server's word; still to be checked before it is called. */
  readonly clientEndpoint: string;
  /** The OAuth server's REST root: the `oauthHost` of the next refresh. */
  readonly serverEndpoint: string;
  readonly memberId: string;
  readonly scope: readonly string[];
  /** Of the application: L, F, D, T, P or S; '' if it was not told. */
  readonly status: string;
  /** Owner of the token. */
  readonly userId?: number;
}

/** Life of an access token, s, where the answer does not say (settings/oauth/auto-renewal.md). */
const ACCESS_TOKEN_SECONDS = 3600;

/**
 * Speaks to the OAuth server, which alone can say that tokens are real and whose they are. It goes to a fixed list of
 * servers and to no address out of a payload. It knows nothing of other processes: who calls it holds the portal's
 * lock and saves the new pair before it is used.
 */
export class OAuthClient {
  readonly #origins: readonly string[];

  /** @throws TypeError if one of `moreOrigins` is no address */
  constructor(private readonly options: OAuthClientOptions) {
    this.#origins = [...oauthOrigins, ...(options.moreOrigins ?? [])].map((known) => new URL(known).origin);
  }

  /**
   * A new pair of tokens for a refresh token. Only after `token-expired`: who refreshes by the clock can be blocked.
   * A lost answer is `retry`; if the lost request has worked, the next one is `refresh-token-dead`.
   *
   * @throws PortalError `ask-a-person`: `refresh-token-dead`, `client-rejected`, `no-rest-on-this-plan`, `bad-address`
   */
  async refresh(request: RefreshRequest): Promise<OAuthTokens> {
    const { oauthHost, clientId, clientSecret, refreshToken } = request;
    return exchange(this.options, {
      method: OAUTH_TOKEN,
      address: addressOfHost(oauthHost),
      params: { grant_type: 'refresh_token', client_id: clientId },
      secrets: [clientSecret, refreshToken],
      prepare: () => tokenRequest(this.#originOf(oauthHost, OAUTH_TOKEN), request),
      read: (context, reply, body) => tokensIn(context, reply, body, this.#originOf(oauthHost, OAUTH_TOKEN)),
    });
  }

  /**
   * `app.info`, asked of the OAuth server: proves that an access token is real and that its application is ours.
   *
   * @throws PortalError `token-expired` if it is not
   */
  async appInfo(oauthHost: string, accessToken: Secret): Promise<ResultOf<'app.info'>> {
    const { result } = await exchange(this.options, {
      method: 'app.info',
      address: addressOfHost(oauthHost),
      params: {},
      secrets: [accessToken],
      prepare: () => {
        const endpoint = `${this.#originOf(oauthHost, 'app.info')}/rest/`;
        return restPost({ endpoint, accessToken }, 'app.info', {});
      },
      read: readAnswer,
    });
    return result;
  }

  /** Whether a secret would be sent to this server: it is one of the list. */
  knows(oauthHost: string): boolean {
    const asked = addressOfHost(oauthHost);
    return URL.canParse(asked) && this.#origins.includes(new URL(asked).origin);
  }

  #originOf(oauthHost: string, method: RequestName): string {
    const asked = addressOfHost(oauthHost);
    const origin = URL.canParse(asked) ? new URL(asked).origin : '';
    if (this.#origins.includes(origin)) return origin;
    const description = 'this is not an OAuth server of Bitrix24';
    throw notSent({ method, kind: 'bad-address', verdict: 'ask-a-person', description });
  }
}

/** GET with everything in the query: the only form that is documented. The redirect is not followed with it. */
function tokenRequest(
  origin: string,
  { clientId, clientSecret, refreshToken }: RefreshRequest,
): OutgoingRequest {
  const url = new URL(OAUTH_TOKEN_PATH, origin);
  url.search = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret.reveal(),
    refresh_token: refreshToken.reveal(),
  }).toString();
  return { method: 'GET', url, redirect: 'manual' };
}

function tokensIn(context: AnswerContext, reply: HttpReply, body: unknown, origin: string): OAuthTokens {
  const parsed = oauthToken.safeParse(body);
  if (!parsed.success) throw unreadable(context, reply, describeIssues(parsed.error.issues));
  const { access_token, refresh_token, expires_in, client_endpoint, server_endpoint, ...rest } = parsed.data;
  return {
    accessToken: new Secret(access_token),
    refreshToken: new Secret(refresh_token),
    expiresAt: context.now + (expires_in ?? ACCESS_TOKEN_SECONDS) * 1000,
    clientEndpoint: client_endpoint,
    serverEndpoint: server_endpoint ?? `${origin}/rest/`,
    memberId: rest.member_id,
    scope: rest.scope,
    status: rest.status ?? '',
    userId: rest.user_id ?? undefined,
  };
}

/** `oauth.bitrix.info` or `https://oauth.bitrix.info/rest/`, as a URL; anything else as it came. */
function addressOfHost(oauthHost: string): string {
  return oauthHost.includes('://') ? oauthHost : `https://${oauthHost}`;
}
