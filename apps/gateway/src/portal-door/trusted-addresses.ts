import { oauthOrigins } from '@app/bitrix24/contract';
import type { AddressRules } from './ports';
import { Refusal } from './refusal';

/** What may stand in a header: a URL's host may hold `;`, which ends a directive of a content security policy. */
const PLAIN_ORIGIN = /^https?:\/\/[\w.:[\]-]+$/;
const HOST_AND_PORT = /^[\w.-]+(:\d{1,5})?$/;

/**
 * The OAuth server that a claim is proven at. The payload may choose among those we trust, never beyond them; one that
 * names none (Bitrix24 left the field out for a while in 2024) is proven at the first.
 *
 * @param allowed origins beside those of Bitrix24
 * @returns the origin
 * @throws Refusal `oauth-server-not-pinned`
 */
export function oauthServerOf(claimed: string | undefined, allowed: readonly string[] = []): string {
  const trusted: readonly string[] = [...oauthOrigins, ...allowed];
  const origin = claimed === undefined ? trusted[0] : originOf(claimed);
  if (origin !== undefined && trusted.includes(origin)) return origin;
  throw new Refusal('oauth-server-not-pinned');
}

/**
 * The origin of a portal's REST root. This looks at the text alone; where the name leads is checked by the client when
 * it connects.
 *
 * @throws Refusal `portal-address-refused`
 */
export function portalOriginOf(endpoint: string, rules: AddressRules): string {
  const origin = originOf(endpoint);
  const refusal = origin === undefined ? 'it is no address' : rules.refusalOf(new URL(endpoint));
  if (origin === undefined || refusal !== undefined) {
    throw new Refusal('portal-address-refused', { detail: refusal });
  }
  return origin;
}

/** What a frame says about the portal around it (DOMAIN), as an origin; undefined when it cannot be one. */
export function claimedPortalOrigin(domain: unknown, rules: AddressRules): string | undefined {
  if (typeof domain !== 'string' || !HOST_AND_PORT.test(domain)) return undefined;
  const addresses = [`https://${domain}`, `http://${domain}`].filter((address) => URL.canParse(address));
  return addresses.map((address) => new URL(address)).find((url) => rules.refusalOf(url) === undefined)
    ?.origin;
}

/** Undefined for what is no http(s) address, or holds a user name: https://oauth.bitrix.info@evil.example. */
function originOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { origin, username, password } = new URL(address);
  return username === '' && password === '' && PLAIN_ORIGIN.test(origin) ? origin : undefined;
}
