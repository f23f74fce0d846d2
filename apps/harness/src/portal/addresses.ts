import type { FakeCloud, FakePortal } from '@app/testkit';

/** What one needs to know of a portal to use it. */
export interface PortalAddresses {
  /** The page, too. */
  readonly origin: string;
  /** REST root. */
  readonly endpoint: string;
  readonly memberId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly applicationToken: string;
  /** Of user 1, with all scopes of the application, for one hour. */
  readonly accessToken: string;
  readonly authorizeUrl: string;
  readonly controlUrl: string;
}

export interface CloudAddresses {
  readonly oauthOrigin: string;
  readonly portals: readonly PortalAddresses[];
}

/** Where everything is. */
export const addressesOf = (cloud: FakeCloud): CloudAddresses => ({
  oauthOrigin: cloud.oauth.origin,
  portals: cloud.portals.map(portalAddresses),
});

function portalAddresses(portal: FakePortal): PortalAddresses {
  const { origin, memberId, app, accessToken } = portal;
  const { clientId, clientSecret } = app;
  return {
    origin,
    endpoint: `${origin}/rest/`,
    memberId,
    clientId,
    clientSecret,
    applicationToken: portal.apps.get(app).applicationToken,
    accessToken,
    authorizeUrl: `${origin}/oauth/authorize/?client_id=${clientId}`,
    controlUrl: `${origin}/control`,
  };
}

/** The same for a person, with what to do next. */
export function greeting(addresses: CloudAddresses): string {
  const { oauthOrigin, portals } = addresses;
  return `${portals.map((portal) => portalText(portal, oauthOrigin)).join('\n')}
Try it:
  curl '${portals[0]?.endpoint}profile?auth=${portals[0]?.accessToken}'

To connect the connector, let it call these addresses, which are neither public nor https:
  ALLOWED_PORTALS=${portals.map(({ origin }) => origin).join(',')}
  OAUTH_SERVERS=${oauthOrigin}
More (SDKs, clicks, faults, examples): docs/fake-portal.md. Ctrl-C ends it; nothing is kept.
`;
}

const portalText = (portal: PortalAddresses, oauthOrigin: string): string => `
Fake portal      ${portal.origin}/
  REST           ${portal.endpoint}
  OAuth server   ${oauthOrigin}
  control API    ${portal.controlUrl}
  member_id      ${portal.memberId}
  local application, installed:
  client_id      ${portal.clientId}
  client_secret  ${portal.clientSecret}
  authorise      ${portal.authorizeUrl}
  access token   ${portal.accessToken}
`;
