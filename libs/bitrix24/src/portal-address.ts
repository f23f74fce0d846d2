import type { Secret } from './secret';

/** Where a portal is and what opens it. */
export interface PortalAddress {
  /** REST root, e.g. `https://company.bitrix24.com/rest/`; the closing slash may be missing. */
  readonly endpoint: string;
  readonly accessToken: Secret;
}

/** Address of a REST method below the portal's root. Throws TypeError if the endpoint is not a URL. */
export function methodUrl(portal: PortalAddress, method: string): URL {
  return new URL(method, portal.endpoint.endsWith('/') ? portal.endpoint : `${portal.endpoint}/`);
}
