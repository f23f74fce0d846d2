import { oauthRefusals } from '@app/bitrix24/contract';
import type { DocumentedRefusal } from '@app/bitrix24/contract';
import type { FakeApp } from '../apps/fake-app';
import type { Installation } from '../apps/installation';
import type { RawParams } from '../http/wire';
import { Refusal } from '../rest/refusal';
import type { Grant } from './grant';
import type { OAuthPortal } from './oauth-portal';
import { ACCESS_TOKEN_SECONDS } from './token-book';
import type { TokenBook, TokenPair } from './token-book';

export interface TokenDesk {
  readonly tokens: TokenBook;
  /** Scheme and host of the OAuth server. */
  readonly origin: string;
  app(clientId: string): FakeApp | undefined;
  portal(memberId: string): OAuthPortal | undefined;
}

/** A portal that is gone: the status is that of the unit tests of the official PHP SDK, nothing else is known. */
const portalNotFound: DocumentedRefusal = { httpStatus: 404, code: 'invalid_request', description: '' };

type GrantType = 'authorization_code' | 'refresh_token';

/**
 * `/oauth/token/`: a code or a refresh token for a new pair. What was handed in is void as soon as the pair is made,
 * whether or not the answer arrives; refused, it stays good.
 *
 * @throws Refusal
 */
export function answerTokenRequest(desk: TokenDesk, params: RawParams): object {
  const grantType = grantTypeOf(params);
  const app = authenticate(desk, params);
  const credential = textParam(params, grantType === 'refresh_token' ? 'refresh_token' : 'code');
  const grant =
    grantType === 'refresh_token' ? desk.tokens.refresh(credential) : desk.tokens.code(credential);
  if (!grant) throw new Refusal(oauthRefusals.invalidGrant);
  if (grant.clientId !== app.clientId) throw new Refusal(oauthRefusals.wrongClient);
  const portal = desk.portal(grant.memberId);
  if (!portal || portal.isDeleted) throw new Refusal(portalNotFound);
  const installation = installationFor(portal, grant);
  checkScope(params, installation);
  desk.tokens.useUp(credential);
  const pair = desk.tokens.issuePair({ ...grant, scopes: installation.app.scopes });
  return tokenAnswer({ desk, portal, installation, grant, pair, grantType });
}

function grantTypeOf({ grant_type: grantType }: RawParams): GrantType {
  if (grantType === 'authorization_code' || grantType === 'refresh_token') return grantType;
  throw new Refusal(oauthRefusals.invalidRequest);
}

function textParam(params: RawParams, name: string): string {
  const value = params[name];
  if (typeof value !== 'string' || value === '') throw new Refusal(oauthRefusals.invalidRequest);
  return value;
}

function authenticate(desk: TokenDesk, params: RawParams): FakeApp {
  const app = desk.app(textParam(params, 'client_id'));
  if (app?.clientSecret !== textParam(params, 'client_secret'))
    throw new Refusal(oauthRefusals.invalidClient);
  return app;
}

function installationFor(portal: OAuthPortal, grant: Grant): Installation {
  const installation = portal.installationOf(grant.clientId);
  if (!installation) throw new Refusal(oauthRefusals.invalidClient);
  if (!installation.isPaid) throw new Refusal(oauthRefusals.paymentRequired);
  return installation;
}

function checkScope({ scope }: RawParams, { app }: Installation): void {
  const wanted = typeof scope === 'string' ? scope.split(/[\s,]+/).filter((name) => name !== '') : [];
  if (!wanted.every((name) => app.scopes.includes(name))) throw new Refusal(oauthRefusals.invalidScope);
}

interface Answering {
  readonly desk: TokenDesk;
  readonly portal: OAuthPortal;
  readonly installation: Installation;
  readonly grant: Grant;
  readonly pair: TokenPair;
  readonly grantType: GrantType;
}

/** `domain` is the OAuth server, not the portal: that one is in client_endpoint. Only a refresh has the last two. */
function tokenAnswer({ desk, portal, installation, grant, pair, grantType }: Answering): object {
  return {
    access_token: pair.accessToken,
    refresh_token: pair.refreshToken,
    expires_in: ACCESS_TOKEN_SECONDS,
    scope: installation.app.scopes.join(','),
    domain: new URL(desk.origin).host,
    server_endpoint: `${desk.origin}/rest/`,
    client_endpoint: `${portal.origin}/rest/`,
    member_id: portal.memberId,
    status: installation.status,
    ...(grantType === 'refresh_token'
      ? { expires: Math.floor(pair.expiresAt / 1000), user_id: grant.userId }
      : {}),
  };
}
