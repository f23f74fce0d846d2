/**
 * What the public door needs of others. It knows these shapes alone: the stores, the clients of libs/bitrix24 and the
 * queues fit them by structure.
 *
 * A store that cannot answer throws, whatever it throws: the door then answers 503. The OAuth server and the portal
 * throw PortalError.
 */
import type { OAuthTokens, RefreshRequest } from '@app/bitrix24';

/** A text that must not be printed; `reveal` gives it to the one who sends it. */
export interface SecretText {
  reveal(): string;
}

/** An application as `portals add` has stored it: every local application has credentials of its own. */
export interface PortalApp {
  readonly appId: string;
  readonly kind: 'local' | 'market';
  readonly clientId: string;
  readonly clientSecret: SecretText;
  /** The only portal of a local application, known since its first installation. */
  readonly memberId?: string;
}

export interface PortalApps {
  /** By the unguessable part of its addresses. Looks up a hash, so that its time says nothing of other keys. */
  byInstallKey(installKey: string): Promise<PortalApp | undefined>;
}

/** OAuthClient is one. */
export interface OAuthServers {
  /** One refresh, without retries: it proves that the token was given to our application. */
  refresh(request: RefreshRequest): Promise<OAuthTokens>;
}

/** Who a token belongs to, as the portal itself says. */
export interface TokenOwner {
  readonly userId: number;
  /** May manage the portal (`profile`: ADMIN). */
  readonly isAdmin: boolean;
  /** `app.info`: INSTALLED. False between the first opening and BX24.installFinish. */
  readonly isInstallFinished: boolean;
}

export interface TokenOwners {
  /** Asks the portal at `clientEndpoint`, after the address was checked. */
  ownerOf(tokens: OAuthTokens): Promise<TokenOwner>;
}

/** AddressGuard is one. */
export interface AddressRules {
  /** Why an address may not be called, as far as its text tells; undefined when it may. */
  refusalOf(url: URL): string | undefined;
}

/** Proven tokens on their way to the store, which seals them. */
export interface TokenSet {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** End of the access token, epoch ms. */
  readonly expiresAt: number;
  /** REST root of the portal: https://<portal>/rest/. */
  readonly clientEndpoint: string;
  /** REST root of the OAuth server, where the next refresh goes: https://<server>/rest/. */
  readonly serverEndpoint: string;
  /** The portal's identity for ever. */
  readonly memberId: string;
  readonly scope: readonly string[];
  /** L local, F free, D demo, T trial, P paid, S subscription; '' if it was not told. */
  readonly status: string;
  /** Whose rights the tokens have. */
  readonly userId?: number;
}

/** An installed portal, as far as the door cares. */
export interface KnownPortal {
  readonly portalId: string;
  readonly appId: string;
  /** SHA-256 of what its events must carry, in hexadecimal digits; undefined: none is believed. */
  readonly applicationTokenHash?: string;
  /** REST root. */
  readonly endpoint: string;
  readonly status: 'ok' | 'red';
  /** Why it is red, for people. */
  readonly reason?: string;
  /** And how that is mended. */
  readonly whatToDo?: string;
}

export interface InstalledPortals {
  byMemberId(memberId: string): Promise<KnownPortal | undefined>;
  /** Creates the portal of a proven token set, or renews it: its settings stay, and what waited for it goes on. */
  install(
    appId: string,
    tokens: TokenSet,
    applicationToken: string,
    installer: { readonly userId: number; readonly isAdmin: boolean },
  ): Promise<{ readonly portalId: string; readonly isNew: boolean }>;
  /** A new version of the application: a new token for its events, and proven tokens if an administrator's came along. */
  update(portalId: string, applicationToken: string, tokens?: TokenSet): Promise<void>;
  /** The application was removed. `clean` erases what we hold of the portal. Quick, and harmless to repeat. */
  uninstall(portalId: string, clean: boolean): Promise<void>;
}

/** An event that was verified; it holds no token. */
export interface EventToStore {
  readonly portalId: string;
  /** In capitals: ONEXTERNALCALLSTART. */
  readonly name: string;
  /** When the portal's queue sent it, unix seconds. */
  readonly ts?: number;
  readonly data: unknown;
  /** Of the event, without its tokens: who caused it, for one. */
  readonly auth?: unknown;
  /** Epoch ms. */
  readonly receivedAt: number;
  /** `event_handler_id`: of the binding, when the portal tells it. */
  readonly handlerId?: string;
}

export interface PortalEventInbox {
  /** `duplicate`: the same event was stored before, and nothing was done now. */
  store(event: EventToStore): Promise<{ readonly eventId: string; readonly duplicate: boolean }>;
}

/** Rings for the worker. A ring that is lost costs time only: a sweeper finds what waits. */
export interface DoorRings {
  /** An event was stored. */
  portalEvent(eventId: string): Promise<void>;
  /** A portal was installed or updated: its bindings, lines and users are to be set up. */
  setUp(portalId: string): Promise<void>;
}
