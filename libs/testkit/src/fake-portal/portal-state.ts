import type { InstalledApps } from './apps/installed-apps';
import type { CallBook } from './telephony/call-book';
import type { Clock } from './clock';
import type { Company } from './company/company';
import type { EventPost } from './events/event-post';
import type { Ids } from './ids';
import type { PortalLimits } from './limits/portal-limits';
import type { OAuthServer } from './oauth/oauth-server';
import type { PortalConditions } from './portal-conditions';
import type { Screens } from './telephony/screens';
import type { StatisticRow } from './telephony/statistic-row';
import type { Violation } from './audit/violation';

/** A CRM activity of a filed call. */
export interface CallActivity {
  readonly id: number;
  readonly callId: string;
  readonly ownerType: string;
  readonly ownerId: number;
  readonly responsibleId: number;
  readonly direction: 'in' | 'out';
  /** s */
  readonly durationSeconds: number;
  readonly completed: boolean;
  /** The recording, once it is attached. */
  fileId?: number;
}

export interface StoredRecording {
  readonly fileId: number;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** Something happened that applications may have asked to be told. */
export interface EmittedEvent {
  /** Epoch ms. */
  readonly at: number;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One utterance of a transcription; seconds from the start of the call. */
export interface TranscriptLine {
  readonly side: 'User' | 'Client';
  readonly startSeconds: number;
  readonly stopSeconds: number;
  readonly text: string;
}

export interface Transcript {
  readonly id: number;
  readonly lines: readonly TranscriptLine[];
}

/** A message in a dialogue (im.message.add). */
export interface DialogMessage {
  readonly id: number;
  /** A user id, chatNNN or sgNNN. */
  readonly dialogId: string;
  /** The owner of the token, or nobody. */
  readonly fromUserId: number | null;
  readonly text: string;
}

/** A message about a call in an employee's chat (ADD_TO_CHAT). */
export interface ChatMessage {
  readonly userId: number;
  readonly callId: string;
  readonly about: 'register' | 'finish';
}

/** An upload address that was given out, by its token. */
export interface PendingUpload {
  readonly callId: string;
  readonly fileName: string;
}

/** A notification in the messenger (im.notify and its kin). */
export interface Notice {
  readonly id: number;
  readonly toUserId: number;
  /** The owner of the token, or nobody. */
  readonly fromUserId: number | null;
  readonly text: string;
  /** A new notice of the same application with the same tag takes the place of this one. */
  readonly tag: string | null;
  readonly subTag: string | null;
  readonly appId: string;
}

/** Whose line a click on a number goes over. */
export interface OutgoingChoice {
  readonly appId: string;
  readonly line: string | null;
}

export interface PortalIdentity {
  /** 32 hexadecimal digits; outlives every change of address. */
  readonly memberId: string;
  /** Scheme and host of the present address. */
  origin: string;
  /** Addresses it had before: they answer 302. */
  readonly formerOrigins: Set<string>;
}

/** Everything the portal knows. The methods read and change it; nothing else is shared between them. */
export interface PortalState {
  readonly identity: PortalIdentity;
  readonly conditions: PortalConditions;
  readonly limits: PortalLimits;
  readonly company: Company;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly calls: CallBook;
  readonly screens: Screens;
  /** By CALL_ID, in the order of finish. */
  readonly statistics: Map<string, StatisticRow>;
  /** By CALL_ID. */
  readonly activities: Map<string, CallActivity>;
  /** By CALL_ID: one recording per call. */
  readonly recordings: Map<string, StoredRecording>;
  /** By CALL_ID. */
  readonly transcripts: Map<string, Transcript>;
  readonly uploads: Map<string, PendingUpload>;
  readonly chat: ChatMessage[];
  readonly notices: Notice[];
  readonly messages: DialogMessage[];
  readonly events: EmittedEvent[];
  readonly post: EventPost;
  readonly oauth: OAuthServer;
  readonly installed: InstalledApps;
  /** Setting of the portal, and of single users. */
  readonly outgoing: { byDefault: OutgoingChoice | undefined; readonly ofUser: Map<number, OutgoingChoice> };
  /** Mistakes that can be seen only at the moment they are made. */
  readonly remarks: Violation[];
  /** Downloads a RECORD_URL. */
  readonly download: typeof fetch;
}
