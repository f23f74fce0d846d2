/** Which addresses may be called, as far as their text tells; AddressGuard is one. */
export interface AddressRules {
  refusalOf(url: URL): string | undefined;
}

/** Where a portal is. */
export interface PortalPlace {
  /** REST root: https://company.bitrix24.com/rest/. */
  readonly endpoint: string;
  /** Host name. */
  readonly domain: string;
}

/** What the database takes, too: nothing but TLS, except on this very machine. */
const SAFE = /^https:\/\/[a-z0-9.-]+(:\d+)?\/|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\//;

/** The place in an endpoint that an OAuth server or a redirect tells; undefined when tokens must not be sent there. */
export function placeOf(endpoint: string, rules: AddressRules): PortalPlace | undefined {
  if (!URL.canParse(endpoint)) return undefined;
  const url = new URL(endpoint);
  if (rules.refusalOf(url) !== undefined || !SAFE.test(url.href)) return undefined;
  return { endpoint: url.href, domain: url.hostname };
}
