import { Agent } from 'undici';
import type { AddressGuard } from './address-guard';

/**
 * A `fetch` whose connections go to addresses that the guard allows, decided at the moment of connecting: a name that
 * leads elsewhere a moment after it was checked (DNS rebinding) gets no connection. For `PortalClientOptions.fetch`;
 * together with `checkAddress`, because addresses without a name need no lookup and are not seen here.
 *
 * It is Node's own fetch with an agent of the undici package: that package's fetch does not know Node's FormData and
 * would send the text "[object FormData]" (undici 7.30.2 on Node 20.20).
 */
export function guardedFetch(guard: AddressGuard): typeof fetch {
  const dispatcher = new Agent({ connect: { lookup: guard.lookup } });
  return (input, init) => fetch(input, { ...init, dispatcher });
}
