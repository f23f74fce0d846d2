import type { PortalStore } from '@app/store';
import { placeOf, type AddressRules, type PortalPlace } from './portal-place';
import { uninstalled } from './troubles';

/** Proven tokens, as an installation or an update brings them. */
export interface ProvenTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  /** REST root of the portal. */
  readonly clientEndpoint: string;
  /** REST root of the OAuth server that the next refresh goes to; one of those that are trusted. */
  readonly serverEndpoint: string;
  readonly memberId: string;
  readonly scope: readonly string[];
  readonly status: string;
}

/** A portal, as far as the public door cares. */
export interface KnownPortal {
  readonly portalId: string;
  readonly appId: string;
  /** SHA-256 of what its events must carry, in hexadecimal digits; undefined: none is believed. */
  readonly applicationTokenHash?: string;
  readonly endpoint: string;
  readonly status: 'ok' | 'red';
  readonly reason?: string;
  readonly whatToDo?: string;
}

/** What the public door does with portals: finds them, installs them, lets them go. Fits its port `InstalledPortals`. */
export class Installations {
  constructor(
    private readonly portals: Pick<PortalStore, 'byMemberId' | 'install' | 'updateApplication' | 'uninstall'>,
    private readonly rules: AddressRules,
  ) {}

  /** The portal with this member id, in one round trip; undefined when it is not installed. Throws StoreError. */
  async byMemberId(memberId: string): Promise<KnownPortal | undefined> {
    const portal = await this.portals.byMemberId(memberId);
    if (!portal) return undefined;
    const { portalId, endpoint, appId, applicationTokenHash, troubleKind, troubleReason, troubleCure } =
      portal;
    return {
      portalId,
      appId: appId ?? '',
      applicationTokenHash: applicationTokenHash ?? undefined,
      endpoint,
      status: troubleKind === null ? 'ok' : 'red',
      reason: troubleReason ?? undefined,
      whatToDo: troubleCure ?? undefined,
    };
  }

  /**
   * Creates the portal of proven tokens, or renews it: its settings stay, its trouble is over, its waiting calls are due,
   * and it is to be set up. Whoever installs a new portal answers for the calls that concern nobody, until the settings
   * say otherwise. Throws StoreError, and TypeError when the portal is nowhere that tokens may be sent.
   */
  async install(
    appId: string,
    tokens: ProvenTokens,
    applicationToken: string,
    installer: { readonly userId: number },
  ): Promise<{ readonly portalId: string; readonly isNew: boolean }> {
    const { memberId, scope, status } = tokens;
    return this.portals.install({
      memberId,
      ...this.#placeOf(tokens),
      credentials: credentialsIn(tokens),
      settings: { defaultUserId: installer.userId },
      appId,
      applicationToken,
      scope,
      appStatus: status,
      installerUserId: installer.userId,
    });
  }

  /** A new version of the application: a new token for its events, and proven tokens if they came along. */
  async update(portalId: string, applicationToken: string, tokens?: ProvenTokens): Promise<void> {
    const fresh = tokens && {
      credentials: credentialsIn(tokens),
      place: this.#placeOf(tokens),
      scope: tokens.scope,
      appStatus: tokens.status,
    };
    await this.portals.updateApplication({ portalId, applicationToken, tokens: fresh });
  }

  /** The application was removed. `clean` erases what we hold of the portal; see PortalStore.uninstall. */
  async uninstall(portalId: string, clean: boolean): Promise<void> {
    await this.portals.uninstall(portalId, uninstalled, clean);
  }

  #placeOf({ clientEndpoint }: ProvenTokens): PortalPlace {
    const place = placeOf(clientEndpoint, this.rules);
    if (place === undefined) throw new TypeError('the portal is at no address that tokens may be sent to');
    return place;
  }
}

function credentialsIn({ accessToken, refreshToken, expiresAt, serverEndpoint }: ProvenTokens) {
  return { accessToken, refreshToken, expiresAt, serverEndpoint };
}
