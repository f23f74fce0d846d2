import { AddressGuard, guardedFetch, OAuthClient, PortalClient } from '@app/bitrix24';

/** Whom this deployment speaks to, beside the portals and OAuth servers on the internet. */
export interface PortalAccess {
  /** Portals that are called though they are on no public https address. */
  readonly allowed: readonly string[];
  /** Origins of OAuth servers that are trusted besides those of Bitrix24. */
  readonly oauthServers: readonly string[];
  /** How long an OAuth server may take, ms. */
  readonly oauthMs: number;
}

/** Name and version that portals see. */
export const USER_AGENT = 'freeswitch-bitrix24-connector/1.0';

/** All programs of a deployment send from one address, as far as the limit of a portal is concerned. */
export const EGRESS = 'default';

/** A portal is asked about itself, not about calls: nobody's card waits for it. */
const REQUEST_MS = 15_000;

export interface PortalClients {
  /** Decides which addresses are called. */
  readonly guard: AddressGuard;
  readonly oauth: OAuthClient;
  /** For everything but calls. */
  readonly client: PortalClient;
}

/**
 * The clients of a process, with everything in place that keeps tokens where they belong: pinned OAuth servers, addresses
 * checked before and at the moment of connecting.
 *
 * @throws TypeError when an allowed address or an OAuth server cannot be read
 */
export function portalClients({ allowed, oauthServers, oauthMs }: PortalAccess): PortalClients {
  const guard = new AddressGuard({ allow: allowed });
  return {
    guard,
    oauth: new OAuthClient({ userAgent: USER_AGENT, timeoutMs: oauthMs, moreOrigins: oauthServers }),
    client: new PortalClient({
      userAgent: USER_AGENT,
      timeoutMs: REQUEST_MS,
      checkAddress: guard.check,
      fetch: guardedFetch(guard),
    }),
  };
}
