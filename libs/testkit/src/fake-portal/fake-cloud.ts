import { systemClock } from './clock';
import type { Clock } from './clock';
import type { AppOptions, FakeApp } from './apps/fake-app';
import { FakePortal } from './fake-portal';
import type { ListenOptions, RunningPortal } from './http/server';
import { fetchByHost } from './http/fetch-by-host';
import { OAuthServer } from './oauth/oauth-server';
import type { FakePortalOptions } from './portal-options';

export interface FakeCloudOptions {
  readonly clock?: Clock;
  readonly seed?: number;
  /** Default https://oauth.bitrix.info */
  readonly oauthOrigin?: string;
}

/** One OAuth server and the portals behind it, each at its own address. Another region has a server of its own. */
export class FakeCloud {
  readonly oauth: OAuthServer;
  readonly #regions: OAuthServer[];
  readonly portals: FakePortal[] = [];
  /** Addresses that were asked for and belong to nobody here: what should never have been called. */
  readonly strayRequests: string[] = [];

  readonly #seed: number;

  constructor({ clock = systemClock, seed = 1, oauthOrigin }: FakeCloudOptions = {}) {
    this.#seed = seed;
    this.oauth = new OAuthServer({ clock, seed, origin: oauthOrigin });
    this.#regions = [this.oauth];
  }

  /** A further OAuth server, such as https://oauth.bitrix24.tech; it knows nothing of the tokens of the others. */
  addRegion(origin: string): OAuthServer {
    const { clock } = this.oauth;
    const oauth = new OAuthServer({ clock, seed: this.#seed + 1_000 * this.#regions.length, origin });
    this.#regions.push(oauth);
    return oauth;
  }

  /** Default region: that of `oauth`. */
  addPortal(options: Omit<FakePortalOptions, 'clock'> & { readonly origin: string }): FakePortal {
    const portal = new FakePortal({ oauth: this.oauth, ...options });
    this.portals.push(portal);
    return portal;
  }

  /** An application of the Market, which every portal can install. */
  publish(options: AppOptions = {}): FakeApp {
    return this.oauth.register(options);
  }

  /** A `fetch` that goes by the address: portals, their former addresses, the OAuth server. Nobody else answers. */
  asFetch(): typeof fetch {
    return fetchByHost(
      (origin) => this.#at(origin),
      (address) => this.strayRequests.push(address),
    );
  }

  /**
   * Everybody on a port of his own; each tells that address from now on. With a port, the portals take it and the next
   * ones, and the OAuth servers those after them. Rejects if a port is taken, and then nobody listens.
   */
  async listen(options: ListenOptions = {}): Promise<{ close(): Promise<void> }> {
    const running: RunningPortal[] = [];
    const close = async () => {
      await Promise.all(running.map((one) => one.close()));
    };
    const portAt = (index: number) => (options.port ? options.port + index : 0);
    try {
      for (const [index, portal] of this.portals.entries()) {
        const opened = await portal.listen({ ...options, port: portAt(index) });
        portal.state.identity.origin = opened.origin;
        running.push(opened);
      }
      for (const oauth of this.#regions)
        running.push(await oauth.listen({ ...options, port: portAt(running.length) }));
    } catch (error) {
      await close();
      throw error;
    }
    return { close };
  }

  #at(origin: string): FakePortal | OAuthServer | undefined {
    const oauth = this.#regions.find((region) => region.origin === origin);
    if (oauth) return oauth;
    return this.portals.find(
      ({ state: { identity } }) => identity.origin === origin || identity.formerOrigins.has(origin),
    );
  }
}
