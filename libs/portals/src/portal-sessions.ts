import { PortalError, Secret, type PortalAddress } from '@app/bitrix24';
import type { PortalStore } from '@app/store';
import type { PortalLimits } from './portal-limits';
import type { PortalTroubles } from './portal-troubles';
import { needsInstallation } from './troubles';

/** Gives working access tokens; RenewTokens is one. */
export interface PortalTokens {
  renew(portalId: string, stale: string): Promise<string>;
}

/**
 * Requests to a portal outside of calls: its set-up, the reading of users, the doctor. Sees to the token, to troubles and
 * to renamed portals; one answer per request, without retries.
 */
export class PortalSessions {
  constructor(
    private readonly portals: Pick<PortalStore, 'open'>,
    private readonly tokens: PortalTokens,
    private readonly troubles: Pick<PortalTroubles, 'report' | 'recovered' | 'moved'>,
    private readonly limits: Pick<PortalLimits, 'enter' | 'count' | 'learn' | 'open'>,
  ) {}

  /**
   * Does `work` with the portal as it is now; once more with a fresh token when the portal calls the token expired.
   *
   * @param work sends requests; an answer that it gives back may say `movedTo`
   * @param places `one`: the session takes one place of the portal's limit, for one request; `own`: `work` takes a place
   *   for each request by itself
   * @throws PortalError of the last try, after the portal's trouble was noted; `wait-until` when calls go first; StoreError
   */
  async with<T>(
    portalId: string,
    work: (portal: PortalAddress) => Promise<T>,
    places: 'one' | 'own' = 'one',
  ): Promise<T> {
    const { endpoint, accessToken, trouble } = await this.portals.open(portalId);
    if (accessToken === undefined || (trouble && needsInstallation(trouble)))
      throw closed(trouble?.reason ?? 'the portal has no tokens');
    try {
      if (places === 'one') await this.limits.enter(portalId);
      const result = await this.#tryTwice(portalId, { endpoint, accessToken }, work);
      if (trouble) await this.#mended(portalId);
      await this.#follow(portalId, result);
      return result;
    } catch (error) {
      if (error instanceof PortalError) await this.#learn(portalId, error);
      throw error;
    }
  }

  async #tryTwice<T>(
    portalId: string,
    { endpoint, accessToken }: { readonly endpoint: string; readonly accessToken: string },
    work: (portal: PortalAddress) => Promise<T>,
  ): Promise<T> {
    try {
      return await work({ endpoint, accessToken: new Secret(accessToken) });
    } catch (error) {
      if (!(error instanceof PortalError) || error.verdict !== 'refresh-token') throw error;
      const fresh = await this.tokens.renew(portalId, accessToken);
      await this.limits.count(portalId);
      return work({ endpoint, accessToken: new Secret(fresh) });
    }
  }

  async #mended(portalId: string): Promise<void> {
    await this.limits.open(portalId);
    await this.troubles.recovered(portalId);
  }

  async #learn(portalId: string, error: PortalError): Promise<void> {
    await this.limits.learn(portalId, error);
    await this.troubles.report(portalId, error);
  }

  async #follow(portalId: string, result: unknown): Promise<void> {
    const movedTo: unknown =
      typeof result === 'object' && result !== null ? Reflect.get(result, 'movedTo') : undefined;
    if (typeof movedTo === 'string') await this.troubles.moved(portalId, movedTo);
  }
}

function closed(description: string): PortalError {
  return new PortalError({
    method: 'oauth.token',
    kind: 'refresh-token-dead',
    verdict: 'ask-a-person',
    code: '',
    description,
  });
}
