import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { lookup as resolveAll } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { allows, allowsHost, readAllowedAddress } from './allowed-address';
import type { AllowedAddress } from './allowed-address';
import { isPublicAddress } from './public-address';
import { ADDRESS_REFUSED } from './transport-failure';

/** Says why an address may not be called; undefined: it may. Rejects, as `dns.lookup` does, if nobody can tell. */
export type AddressCheck = (url: URL) => Promise<string | undefined>;

export interface AddressGuardOptions {
  /** What may be called although it is not public or not https: `[http://]host[:port]`, port `*`, host `*.domain`. */
  readonly allow?: readonly string[];
  /** All addresses of a name; default: the system's. */
  readonly resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
}

const NOT_PUBLIC = 'it is not on the public internet';

/**
 * Keeps requests with tokens away from where nobody should send them: portals are named by payloads, and a payload may
 * name our own network. Callable is https on its own port, without a user name, on public addresses only, and what the
 * operator allows by name (a portal of one's own network, a test).
 *
 * A name can lead elsewhere a moment after it was checked (DNS rebinding). Two ways to use this guard: `check` before a
 * request, which leaves that moment open, and `lookup` at the connection itself, which leaves none.
 */
export class AddressGuard {
  readonly #allowed: readonly AllowedAddress[];
  readonly #resolve: NonNullable<AddressGuardOptions['resolve']>;

  /** @throws TypeError if an entry of `allow` cannot be read */
  constructor({ allow = [], resolve = (name) => resolveAll(name, { all: true }) }: AddressGuardOptions = {}) {
    this.#allowed = allow.map(readAllowedAddress);
    this.#resolve = resolve;
  }

  /** What can be said of an address without asking for the addresses of its name. */
  refusalOf(url: URL): string | undefined {
    if (url.username !== '' || url.password !== '') return 'it has a user name';
    if (this.#allowed.some((allowed) => allows(allowed, url))) return undefined;
    if (url.protocol !== 'https:') return 'it is not https';
    if (url.port !== '') return 'its port is not that of https';
    const literal = literalIn(url.hostname);
    return literal === undefined || isPublicAddress(literal) ? undefined : NOT_PUBLIC;
  }

  /** For `ClientOptions.checkAddress`. */
  readonly check: AddressCheck = async (url) => {
    const refusal = this.refusalOf(url);
    if (refusal !== undefined || literalIn(url.hostname) !== undefined) return refusal;
    if (this.#allowed.some((allowed) => allows(allowed, url))) return undefined;
    const addresses = await this.#resolve(url.hostname);
    return leadsOutside(addresses) ? undefined : NOT_PUBLIC;
  };

  /**
   * For the `lookup` option of a connection: gives public addresses only. Schemes, ports and addresses that need no
   * lookup are not seen here: use it together with `check` or `refusalOf`.
   */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    if (this.#allowed.some((allowed) => allowsHost(allowed, hostname))) {
      systemLookup(hostname, options, callback);
      return;
    }
    this.#resolve(hostname).then(
      (addresses) => {
        const fitting = ofFamily(addresses, options.family);
        const [first] = fitting;
        if (!first || !leadsOutside(addresses)) callback(refusedError(hostname), []);
        else if (options.all === true) callback(null, [...fitting]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, []),
    );
  };
}

/** One address inside is enough to distrust a name. */
function leadsOutside(addresses: readonly LookupAddress[]): boolean {
  return addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address));
}

function ofFamily(addresses: readonly LookupAddress[], family: unknown): readonly LookupAddress[] {
  return family === 4 || family === 6 ? addresses.filter((address) => address.family === family) : addresses;
}

/** The address in a host that needs no lookup: `[::1]` -> ::1. */
function literalIn(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? undefined : bare;
}

function refusedError(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} is not called: ${NOT_PUBLIC}`), { code: ADDRESS_REFUSED });
}
