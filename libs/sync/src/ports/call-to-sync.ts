import type { Call, CardPolicy, PortalCall, PortalPolicy } from '@app/calls';

/** Everything a look at one call needs, read in one go. */
export interface CallToSync {
  /** The facts; `call.version` is the version that is synchronised against. */
  readonly call: Call;
  /** Undefined when no portal was found for the call: it is not filed, and shown as such. */
  readonly portal: PortalSettings | undefined;
  /** What the portal is known to hold; `unregistered(callId)` when that is nothing yet. */
  readonly portalCall: PortalCall;
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
  /** The portal's users who have a phone on the switch of this call. */
  readonly users: readonly PortalUser[];
  readonly lines: readonly LineSetting[];
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
