export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** From one moment to another; `toMs` is missing when it still lasted at the end of the scenario. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs?: number;
}

/** One SIP message on the network; one that a phone sent to another phone stands here once. */
export interface SipMessageRecord {
  readonly atMs: number;
  /** Ids of actors. */
  readonly from: string;
  readonly to: string;
  /** As the Via header spells it: TCP, UDP, WS, TLS. */
  readonly transport: string;
  /** "INVITE sip:1001@127.0.0.1 SIP/2.0" or "SIP/2.0 180 Ringing". */
  readonly startLine: string;
  /** "1 INVITE". */
  readonly cseq: string;
  readonly callId: string;
  /** Sent before: a repeat over UDP. */
  readonly isRepeat?: boolean;
  /** host:port, for the log. */
  readonly fromAddress?: string;
  readonly toAddress?: string;
  /** The whole message. */
  readonly text: string;
}

/** A channel of the switch, over time. */
export interface LegRecord {
  readonly channelUuid: string;
  /** Id of whoever is at the other end of it. */
  readonly actor: string;
  /** As the switch sees it: `inbound` is a leg that came in. */
  readonly direction: 'inbound' | 'outbound';
  /** Which number was called on it, or called: "1001". */
  readonly number?: string;
  readonly createdMs: number;
  readonly rangMs?: number;
  readonly answeredMs?: number;
  readonly holds: readonly Stretch[];
  readonly bridges: readonly BridgeRecord[];
  readonly endedMs?: number;
  readonly hangupCause?: string;
}

export interface BridgeRecord extends Stretch {
  /** channelUuid of the other leg. */
  readonly with: string;
}

/** A card on one screen. */
export interface CardRecord {
  /** Id of the person who saw it; missing when the user is nobody of the scenario. */
  readonly actor?: string;
  readonly portalUserId: number;
  readonly portalCallId: string;
  /** What stands on it: number and name of the client. */
  readonly label: string;
  readonly shownMs: number;
  /** Missing: it was still there at the end. */
  readonly hiddenMs?: number;
  readonly shownBy: 'register' | 'show' | 'click';
  readonly hiddenBy?: 'hide' | 'finish' | 'user';
  /** Whether what it said was true for this person, all the time that it was there. */
  readonly isTrue: boolean;
  /** From when on it was not, if it was at first. */
  readonly falseFromMs?: number;
  /** In words, why it was not. */
  readonly why?: string;
}

/** A request to the portal, or one command of a batch. */
export interface RequestRecord {
  readonly atMs: number;
  /** "telephony.externalCall.register", "batch". */
  readonly method: string;
  /** Without tokens and secrets; file content as its length. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Until the answer; missing when none came. */
  readonly durationMs?: number;
  /** HTTP status of the answer. */
  readonly status?: number;
  readonly error?: { readonly code: string; readonly description: string };
  /** A fault that the scenario made the portal have: "timeout". */
  readonly fault?: string;
  /** The same for a batch and its commands. */
  readonly batchId?: string;
}

/** Who should hear what, and what he heard. */
export interface AudioCheckRecord {
  /** Id of the actor who listens. */
  readonly listener: string;
  readonly expected: ExpectedSound;
  /** The stretch that was judged. */
  readonly fromMs: number;
  readonly toMs: number;
  /** What one entry of `levelsDb` stands for. */
  readonly blockMs: number;
  /** Loudness per block from `fromMs` on, dBov: 0 is the loudest possible, -90 silence; null: no packets came. */
  readonly levelsDb: readonly (number | null)[];
  /** Tones that were heard. */
  readonly tones: readonly HeardToneRecord[];
  readonly packets: number;
  readonly lost: number;
  /** Pauses between packets of more than 60 ms. */
  readonly gaps: readonly Stretch[];
  readonly jitterMs?: number;
  readonly isRight: boolean;
  /** In words, what was heard: "700 Hz for 1.9 s". */
  readonly finding: string;
}

export interface HeardToneRecord extends Stretch {
  readonly hz: number;
}

/** What a listener should have heard. */
export type ExpectedSound =
  /** The voice of an actor, which is a tone. */
  | { readonly kind: 'actor'; readonly actor: string; readonly hz: readonly number[] }
  /** A tone of the network: ringing, busy, music. */
  | { readonly kind: 'tone'; readonly name: string; readonly hz: readonly number[] }
  /** Packets with nothing in them. */
  | { readonly kind: 'silence' }
  /** No packets. */
  | { readonly kind: 'nothing' };

/** A row of the portal's call statistics. */
export interface FiledCallRecord {
  readonly portalCallId: string;
  /** Ours, as EXTERNAL_CALL_ID. */
  readonly callId?: string;
  readonly direction: string;
  readonly phone: string;
  readonly line?: string;
  readonly portalUserId: number;
  readonly statusCode: string;
  readonly failedReason?: string;
  readonly talkSeconds: number;
  /** What it is bound to in the CRM: "CONTACT 12". */
  readonly crm?: string;
  readonly recording?: { readonly fileName: string; readonly seconds?: number };
}

/** What our database says of a call. */
export interface CallFactsRecord {
  readonly callId: string;
  readonly facts: readonly NamedValue[];
}

export interface SwitchEventRecord {
  readonly atMs: number;
  /** "CHANNEL_ANSWER", "CUSTOM callcenter::info". */
  readonly name: string;
  readonly channelUuid?: string;
  /** Id of whoever is at the other end of the channel. */
  readonly actor?: string;
  readonly hangupCause?: string;
  readonly detail?: string;
}

/** What a careful administrator of the portal would complain about. */
export interface ComplaintRecord {
  readonly kind: string;
  readonly detail: string;
}

/** A file that explains the scenario: the SIP log, a recording, the log of a service. */
export interface AttachmentRecord {
  /** A file name: "sip.log", "call-1.wav". */
  readonly name: string;
  readonly kind: 'log' | 'recording' | 'other';
  /** "text/plain", "audio/wav". */
  readonly mediaType: string;
  /** Size of the file itself. */
  readonly bytes: number;
  readonly content: AttachmentContent;
}

/** In the record itself, or, when too big for it, in a file beside the reports. */
export type AttachmentContent =
  { readonly text: string } | { readonly base64: string } | { readonly path: string };
