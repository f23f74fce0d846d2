import type { SessionDescriptionHandler } from 'sip.js';
import type { DigitTiming } from './digit-sender';
import type { AudioChange, AudioReport } from './rtp-session';
import type { Sound } from './tones';

/** What a call is told of its sound. */
export interface AudioListener {
  onChange(change: AudioChange): void;
  /** Both sides have agreed; `maySend`: the far end wants to hear us. */
  onAgreement(agreement: { readonly maySend: boolean }): void;
  /** The far end has described something impossible. */
  onDisagreement(error: Error): void;
}

/** The sound of one call: SIP.js describes it, the call listens to it. */
export interface CallAudio extends SessionDescriptionHandler {
  /** Whether the next description puts the far end on hold. */
  isHolding: boolean;
  readonly report: AudioReport;
  /** Tones heard at this moment, Hz. */
  readonly tonesNow: readonly number[];
  /** Why an offer cannot be taken; undefined if it can. */
  refusalOf(offer: string): string | undefined;
  /** Says something else from now on. */
  play(sound: Sound): void;
  /** Sends DTMF digits as RTP; resolves when the last is out. */
  dial(digits: string, timing?: DigitTiming): Promise<void>;
}

/** Makes the sound of a new call. */
export type AudioFactory = (listener: AudioListener) => CallAudio;
