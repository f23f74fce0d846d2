import { inProcessFetch } from './in-process-fetch';
import type { PortalHandler } from './portal-handler';

/**
 * A `fetch` that finds the handler by scheme and host of the address. For an address that belongs to nobody it fails
 * as for a name that does not resolve, and `onStray` is told.
 */
export function fetchByHost(
  handlerAt: (origin: string) => PortalHandler | undefined,
  onStray: (address: string) => void,
): typeof fetch {
  return (input, init) => {
    const request = new Request(input, init);
    const handler = handlerAt(new URL(request.url).origin);
    if (handler) return inProcessFetch(handler)(request);
    onStray(request.url);
    const cause = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    return Promise.reject(new TypeError('fetch failed', { cause }));
  };
}
