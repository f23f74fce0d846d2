import type { Installation } from '../apps/installation';
import { ACCESS_TOKEN_SECONDS } from '../oauth/token-book';
import type { PortalState } from '../portal-state';

export interface AuthOptions {
  /** In whose name; undefined: nobody's (a robot, a visitor), so there are no tokens. */
  readonly userId: number | undefined;
  /** Ordinary events bring no refresh token; installation, update and offline notice do. */
  readonly withRefreshToken?: boolean;
  /** The page of ONAPPINSTALL separates scopes by spaces, all others by commas. */
  readonly scopeSeparator?: ' ' | ',';
}

/** The `auth` block of an event. `expires` and `user_id` are not documented; portals in the field send them. */
export function eventAuth(
  state: PortalState,
  installation: Installation,
  { userId, withRefreshToken = false, scopeSeparator = ',' }: AuthOptions,
): Readonly<Record<string, unknown>> {
  const { memberId, origin } = state.identity;
  return {
    ...(userId === undefined ? {} : tokens(state, installation, userId, withRefreshToken)),
    scope: installation.app.scopes.join(scopeSeparator),
    domain: new URL(origin).host,
    server_endpoint: `${state.oauth.origin}/rest/`,
    status: installation.status,
    client_endpoint: `${origin}/rest/`,
    member_id: memberId,
    application_token: installation.applicationToken,
  };
}

function tokens(
  state: PortalState,
  { app }: Installation,
  userId: number,
  withRefreshToken: boolean,
): object {
  const { memberId } = state.identity;
  const pair = state.oauth.tokens.issuePair({
    memberId,
    clientId: app.clientId,
    userId,
    scopes: app.scopes,
  });
  return {
    access_token: pair.accessToken,
    expires: Math.floor(pair.expiresAt / 1000),
    expires_in: ACCESS_TOKEN_SECONDS,
    user_id: userId,
    ...(withRefreshToken ? { refresh_token: pair.refreshToken } : {}),
  };
}
