import type { PortalState } from '../portal-state';

/**
 * The way through the browser: a signed-in user is sent back to the application with a code. The address to go back to
 * comes from the card of the application, not from the request. Undefined if there is nowhere to go: the user then sees
 * a page, and the application learns nothing (settings/oauth).
 */
export function authorizedAddress(
  state: PortalState,
  request: { readonly clientId: string; readonly state: string | undefined; readonly userId: number },
): string | undefined {
  const { identity, installed, oauth } = state;
  const app = installed.byClientId(request.clientId)?.app;
  if (app?.redirectUri === undefined) return undefined;
  const { memberId, origin } = identity;
  const { clientId, scopes } = app;
  const back = new URL(app.redirectUri);
  back.searchParams.set(
    'code',
    oauth.tokens.issueCode({ memberId, clientId, userId: request.userId, scopes }),
  );
  if (request.state !== undefined) back.searchParams.set('state', request.state);
  back.searchParams.set('domain', new URL(origin).host);
  back.searchParams.set('member_id', memberId);
  back.searchParams.set('scope', scopes.join(','));
  back.searchParams.set('server_domain', new URL(oauth.origin).host);
  return back.toString();
}
