/** Ground truth of one captured scenario: what the script that drove the phones knows, not what we make of the events. */
export interface GroundTruth {
  readonly name: string;
  /** One sentence: who calls whom and what happens. */
  readonly description: string;
  /** Epoch ms of `_received_at` 0. */
  readonly captureStartedAtEpochMs: number;
  readonly expected: ExpectedCall;
  readonly legsSeen: readonly SeenLeg[];
  /** Events by name; CUSTOM ones as "CUSTOM subclass". */
  readonly eventCounts: Readonly<Record<string, number>>;
}

/** Facts of one call. A scenario of several calls lists them in `calls`, and states here what they share. */
export interface ExpectedCall {
  readonly direction?: 'inbound' | 'outbound' | 'internal';
  readonly externalNumber?: string | null;
  readonly externalName?: string;
  /** The number that was dialled, as the carrier sent it. */
  readonly did?: string;
  /** answered, missed, busy, declined, cancelled, no-answer, agent-no-answer, failed, lost. */
  readonly outcome?: string;
  /** From the first answer by a person to the end of the caller's talk, transfers included. */
  readonly talkSeconds?: number | null;
  readonly ringingExtensions?: readonly string[];
  readonly answeredByExtension?: string | null;
  readonly answeredByExternalNumber?: string;
  readonly hungUpBy?: 'caller' | 'agent' | 'customer' | 'api' | 'switch';
  /** Paths on the captured switch. */
  readonly recordingFiles?: readonly string[];
  readonly hangupCauses?: { readonly aLeg: string | null; readonly otherLegs: readonly (string | null)[] };
  readonly transfers?: readonly {
    readonly kind: 'blind' | 'attended';
    readonly by: string;
    readonly to: string;
    readonly answered: boolean;
  }[];
  readonly talkParts?: readonly {
    readonly extension: string;
    readonly seconds: number;
    readonly with?: string;
    readonly consultation?: boolean;
  }[];
  readonly finalParty?: { readonly extension: string };
  readonly holds?: readonly { readonly by: string; readonly seconds: number }[];
  readonly calls?: readonly ExpectedCall[];
  /** What belongs to single scenarios only: queue, ivr, pickup, conference, carrierSip ... */
  readonly [more: string]: unknown;
}

export interface SeenLeg {
  readonly uuid?: string;
  readonly channel?: string;
  readonly direction?: string;
  readonly hangupCause?: string | null;
  readonly sipStatus?: string | null;
  readonly hangupDisposition?: string;
  /** The last entry of a long list counts the legs left out. */
  readonly more?: number;
}
