import { encodePhpForm } from '../http/php-form';
import { ACCESS_TOKEN_SECONDS } from '../oauth/token-book';
import type { PortalState } from '../portal-state';
import type { Installation } from './installation';

export interface FrameOptions {
  /** Who opens it; the tokens are his. Default user 1. */
  readonly userId?: number;
  /** Default DEFAULT, the application's own page. */
  readonly placement?: string;
  readonly placementOptions?: Readonly<Record<string, unknown>>;
}

/** What the application's page answered. */
export interface FrameAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * The POST that opens a page of an application in a frame. Only `member_id` and `status` are in lower case
 * (settings/oauth/simple-way).
 */
export async function openFrame(
  state: PortalState,
  fetch: typeof globalThis.fetch,
  installation: Installation,
  { userId = 1, placement = 'DEFAULT', placementOptions }: FrameOptions,
): Promise<FrameAnswer> {
  const answer = await fetch(addressOf(state, installation), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    redirect: 'manual',
    body: encodePhpForm({
      ...credentials(state, installation, userId),
      PLACEMENT: placement,
      PLACEMENT_OPTIONS: placementOptions && JSON.stringify(placementOptions),
    }),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}

function addressOf(state: PortalState, { app, isFinished }: Installation): URL {
  const page = isFinished ? app.handlerUrl : (app.installUrl ?? app.handlerUrl);
  if (page === undefined) throw new Error(`${app.clientId} uses the API only and has no page`);
  const { protocol, host } = new URL(state.identity.origin);
  const address = new URL(page);
  address.searchParams.set('DOMAIN', host);
  address.searchParams.set('PROTOCOL', protocol === 'https:' ? '1' : '0');
  address.searchParams.set('LANG', state.conditions.languageId);
  address.searchParams.set('APP_SID', state.ids.hex(32));
  return address;
}

function credentials(state: PortalState, installation: Installation, userId: number): object {
  const { app, applicationToken, status } = installation;
  const { memberId } = state.identity;
  const { clientId, scopes } = app;
  const pair = state.oauth.tokens.issuePair({ memberId, clientId, userId, scopes });
  return {
    AUTH_ID: pair.accessToken,
    AUTH_EXPIRES: ACCESS_TOKEN_SECONDS,
    REFRESH_ID: pair.refreshToken,
    SERVER_ENDPOINT: `${state.oauth.origin}/rest/`,
    APPLICATION_TOKEN: applicationToken,
    APPLICATION_SCOPE: scopes.join(','),
    member_id: memberId,
    status,
  };
}
