import type { Call, CardPolicy, PortalCall } from '@app/calls';
import type { LinePolicy } from '../portals/line-policy';
import type { CallPolicy } from '../portals/call-policy';
import type { StepClass } from '../turns/step-class';
import type { PortalTrouble } from '../portals/portal-trouble';

/** A portal with everything that a policy needs for one call. */
export interface PortalOfCall {
  readonly portalId: string;
  readonly memberId: string;
  /** What the tokens may do. */
  readonly scope: readonly string[];
  /** REST root, for example https://company.bitrix24.com/rest/. */
  readonly endpoint: string;
  /** A secret: to be wrapped at once, never to be logged. Empty: there is none, and `trouble` says why. */
  readonly accessToken: string;
  /** The portal is red: nothing can be sent until a person has acted. */
  readonly trouble?: PortalTrouble;
  readonly defaultUserId: number;
  /** ISO 3166-1, for example RU. */
  readonly defaultRegion: string;
  readonly finishWhen: 'at-end' | 'recording-ready';
  readonly recordingUpload: 'two-step' | 'base64';
  readonly anonymousNumber: string;
  readonly crm: { readonly inbound: CrmPolicy; readonly outbound: CrmPolicy };
  readonly addToChat: { readonly inbound: boolean; readonly outbound: boolean };
  /** Transfers, missed calls, calls to ignore. */
  readonly calls: CallPolicy;
  /** The portal's users with an extension that takes part in the call. */
  readonly users: readonly UserOfCall[];
  /** The portal's external lines on the call's switch. */
  readonly lines: readonly LineOfCall[];
}

export interface LineOfCall {
  readonly did: string;
  readonly lineNumber: string;
  /** Where calls over it differ from the portal's own `crm` and `addToChat`. */
  readonly policy: LinePolicy;
}

export interface CrmPolicy {
  readonly create: boolean;
  readonly source: string;
}

export interface UserOfCall {
  readonly userId: number;
  readonly extension: string;
  /** None: whatever the domain. */
  readonly domain?: string;
  readonly cardPolicy: CardPolicy;
}

/** What a portal does that has no setting of its own: the deployment's settings. */
export interface PortalDefaults {
  readonly defaultRegion: string;
  readonly cards: CardPolicy;
  readonly finishWhen: PortalOfCall['finishWhen'];
  readonly recordingUpload: PortalOfCall['recordingUpload'];
}

/** A call and what its portal is known to hold: the two states that are compared. */
export interface CallToSync {
  readonly call: Call;
  /** Undefined: no portal is responsible; the call is not filed. */
  readonly portal: PortalOfCall | undefined;
  /** Those that anything was ever done for. */
  readonly portalCalls: readonly PortalCall[];
}

/** A request to the portal with its answer. Both redacted before they come here. */
export interface LedgerEntry {
  readonly callId: string;
  readonly portalId: string;
  readonly step: string;
  readonly method: string;
  readonly params: unknown;
  /** HTTP status; none when no answer came. */
  readonly status?: number;
  readonly answer: unknown;
  readonly verdict?: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly stepClass?: StepClass;
  /** Since when it could have been sent, epoch ms. */
  readonly readyAt?: number;
  /** The turn it was sent on. */
  readonly turn?: number;
  /** UUID that the commands of a batch share. */
  readonly batchId?: string;
}

/** What a portal holds after an answer, with the exchange. */
export interface SettledCall {
  readonly portalCall: PortalCall;
  readonly ledger: readonly LedgerEntry[];
}

/** How far a call is synchronised. */
export interface SyncMark {
  readonly callId: string;
  /** The version of the call that was compared with the portal. */
  readonly version: number;
  /** The portal holds all that it ever will. */
  readonly settled: boolean;
  /** Epoch ms: when to look again though nothing changes. */
  readonly notBefore?: number;
  /** Why the call is not, or not completely, in the portal: for people. */
  readonly problem?: string;
  /** Why it is filed as it is, or not at all, though nothing is wrong: for people. */
  readonly remark?: string;
}
