import type { Call, CardPolicy, MissedPolicy, PortalCall, PortalPolicy } from '@app/calls';

/** Everything a look at one call needs, read in one go. */
export interface CallToSync {
  /** The facts; `call.version` is the version that is synchronised against. */
  readonly call: Call;
  /** Undefined when no portal was found for the call: it is not filed, and shown as such. */
  readonly portal: PortalSettings | undefined;
  /** What the portal is known to hold: the portal calls that anything was ever done for. */
  readonly portalCalls: readonly PortalCall[];
}

/** One portal with everything a policy needs, as it was when the call was read. */
export interface PortalSettings {
  readonly portalId: string;
  readonly memberId: string;
  /** What the tokens may do; missing: nobody knows. */
  readonly scope?: readonly string[];
  /** REST root, e.g. `https://company.bitrix24.com/rest/`. */
  readonly endpoint: string;
  /** Wrapped in a Secret before anything else is done with it. Empty: there is none, and the portal is red. */
  readonly accessToken: string;
  readonly defaultUserId: number;
  /** ISO 3166-1 alpha-2, e.g. `RU`: whose numbers are written without a country code. */
  readonly defaultRegion: string;
  readonly finishWhen: PortalPolicy['finishWhen'];
  readonly recordingUpload: 'two-step' | 'base64';
  readonly anonymousNumber: string;
  readonly crm: { readonly inbound: CrmSetting; readonly outbound: CrmSetting };
  readonly addToChat: { readonly inbound: boolean; readonly outbound: boolean };
  /** Missing: as usual. */
  readonly calls?: CallSettings;
  /** The portal's users who have a phone on the switch of this call. */
  readonly users: readonly PortalUser[];
  readonly lines: readonly LineSetting[];
}

/** What a portal wants to be told of its calls. */
export interface CallSettings {
  readonly transfers: PortalPolicy['transfers'];
  readonly unanswered: PortalPolicy['unanswered'];
  readonly missed: MissedPolicy;
  readonly ignore: IgnoreLists;
}

/** Calls that the portal is not told of. */
export interface IgnoreLists {
  /** Of clients: numbers, beginnings of numbers with a `*` behind, and `hidden`. */
  readonly numbers: readonly string[];
  /** Of the company: DIDs, in the same way. */
  readonly lines: readonly string[];
}

export interface LineSetting {
  readonly did: string;
  readonly lineNumber: string;
  /** Where calls over this line differ from the portal's `crm` and `addToChat`. */
  readonly policy?: { readonly inbound?: LinePolicy; readonly outbound?: LinePolicy };
}

export interface LinePolicy {
  readonly crm?: Partial<CrmSetting>;
  readonly addToChat?: boolean;
  /** Of inbound calls. */
  readonly missed?: Partial<MissedPolicy>;
}

export interface CrmSetting {
  readonly create: boolean;
  readonly source: string;
}

export interface PortalUser {
  readonly userId: number;
  readonly extension: string;
  /** Missing: the extension means this user in every domain of the switch. */
  readonly domain?: string;
  readonly cardPolicy: CardPolicy;
}
