import type { Secret } from './secret';

/** Where a portal is and what opens it. */
export interface PortalAddress {
  /** REST root, e.g. `https://company.bitrix24.com/rest/`; the closing slash may be missing. */
  readonly endpoint: string;
  readonly accessToken: Secret;
}

/** Address of a REST method below a portal's root. Throws TypeError if the root is not a URL. */
export function methodUrl(endpoint: string, method: string): URL {
  return new URL(method, endpoint.endsWith('/') ? endpoint : `${endpoint}/`);
}
