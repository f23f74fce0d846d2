import type { CallBook } from './call-book';
import type { Clock } from './clock';
import type { Company } from './company';
import type { Ids } from './ids';
import type { Screens } from './screens';
import type { StatisticRow } from './statistic-row';
import type { Violation } from './violation';

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

/** An event the portal would send to its subscribers. Delivery is not simulated. */
export interface EmittedEvent {
  /** Epoch ms. */
  readonly at: number;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
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

/** Everything the portal knows. The methods read and change it; nothing else is shared between them. */
export interface PortalState {
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
  readonly uploads: Map<string, PendingUpload>;
  readonly chat: ChatMessage[];
  readonly events: EmittedEvent[];
  /** Mistakes that can be seen only at the moment they are made. */
  readonly remarks: Violation[];
  /** Downloads a RECORD_URL. */
  readonly download: typeof fetch;
}
