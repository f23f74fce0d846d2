import { PortalError, Secret, type PortalAddress } from '@app/bitrix24';
import type { PortalSettings, SyncDeps } from '../ports';

/** A portal with a token that is renewed when the portal refuses it as stale: once, or it would go on for ever. */
export class FreshToken {
  #portal: PortalAddress;

  constructor(
    private readonly deps: SyncDeps,
    private readonly settings: PortalSettings,
  ) {
    const { endpoint, accessToken } = settings;
    this.#portal = { endpoint, accessToken: new Secret(accessToken) };
  }

  /** As it is known by now. */
  get portal(): PortalAddress {
    return this.#portal;
  }

  /**
   * Asks, and with a new token once more: a stale one is refused before anything is done.
   *
   * @throws PortalError, of `oauth.token` when there is no token (any more)
   */
  async send<T>(ask: (portal: PortalAddress) => Promise<T>): Promise<T> {
    if (this.settings.accessToken === '') throw withoutToken();
    try {
      return await ask(this.#portal);
    } catch (error) {
      if (!(error instanceof PortalError) || error.verdict !== 'refresh-token') throw error;
      await this.#renew();
      return ask(this.#portal);
    }
  }

  async #renew(): Promise<void> {
    const { deps, settings } = this;
    const { portalId, accessToken: stale } = settings;
    const token = await deps.tokens.renew(portalId, stale).catch(unobtainable);
    this.#portal = { ...this.#portal, accessToken: new Secret(token) };
    await deps.rate.count(portalId, deps.egress, 1, deps.now());
  }
}

/** The application was removed while the step was on its way here: the portal is red by now. */
function withoutToken(): PortalError {
  return new PortalError({
    method: 'oauth.token',
    kind: 'refresh-token-dead',
    verdict: 'ask-a-person',
    code: '',
    description: 'the portal has no tokens',
  });
}

/** Whatever went wrong (the database, a lock): the step was not done and may be tried again. */
function unobtainable(error: unknown): never {
  if (error instanceof PortalError) throw error;
  const description = `no new token: ${error instanceof Error ? error.message : String(error)}`;
  throw new PortalError({
    method: 'oauth.token',
    kind: 'not-connected',
    verdict: 'retry',
    code: '',
    description,
  });
}
