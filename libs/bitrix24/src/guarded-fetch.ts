import { Agent } from 'undici';
import type { AddressGuard } from './address-guard';

/** How long a connection may take to be made, TLS included, ms. */
const CONNECT_MS = 10_000;
/**
 * How long an idle connection is kept for the next request, ms. A handshake costs more than a request, and a company
 * sends a few requests a call; but the longer a connection idles, the likelier the portal closes it just when we write,
 * and then nobody knows what became of the request. A portal that announces a shorter time (`Keep-Alive: timeout`) is
 * believed.
 */
const IDLE_MS = 15_000;

/**
 * A `fetch` whose connections go to addresses that the guard allows, decided at the moment of connecting: a name that
 * leads elsewhere a moment after it was checked (DNS rebinding) gets no connection. For `PortalClientOptions.fetch`;
 * together with `checkAddress`, because addresses without a name need no lookup and are not seen here. Connections are
 * kept alive and shared by all requests of one such `fetch`: make one for the whole process.
 *
 * It is Node's own fetch with an agent of the undici package: that package's fetch does not know Node's FormData and
 * would send the text "[object FormData]" (undici 7.30.2 on Node 20.20).
 */
export function guardedFetch(guard: AddressGuard): typeof fetch {
  const dispatcher = new Agent({
    connect: { lookup: guard.lookup, timeout: CONNECT_MS },
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    // The client's own time-out covers the whole request; undici's five minutes would cut the upload of a long talk.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return (input, init) => fetch(input, { ...init, dispatcher });
}
