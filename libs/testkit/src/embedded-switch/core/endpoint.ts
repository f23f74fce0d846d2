import type { Codec, LegMedia } from '../media';
import type { Cause } from './causes';

/**
 * What lies behind a channel: a SIP phone, or the other half of a loopback. The core tells it what to do; it tells the
 * core what happened by the functions of `milestones.ts` and `hang-up.ts`.
 */
export interface Endpoint {
  readonly media: LegMedia;
  /** The codec in use; undefined = no media yet. */
  readonly codec: Codec | undefined;
  /** Whether the switch can carry the sound of this leg itself; if not, descriptions are passed through. */
  readonly isPlainMedia: boolean;
  /** The channel runs for the first time: an outbound one sends its INVITE. */
  init(): Promise<void>;
  /** The channel is about to run what its dial plan says. */
  executing?(): Promise<void>;
  /** 180. */
  ring(): void;
  /** 183 with media; false = no media in common. */
  progress(): Promise<boolean>;
  /** 200; false = no media in common. */
  answer(): Promise<boolean>;
  /** The channel has ended: BYE, CANCEL or a refusal, whatever fits. */
  hangUp(cause: Cause): void;
  /** Tells the phone whom it is connected with. */
  display(name: string, number: string): void;
  /** Puts the phone on hold, or takes it back. */
  hold(on: boolean): void;
  sendDtmf(digits: string): void;
  /** An answer to the INVITE of the dial plan's choice (`respond`). */
  respond(status: number, reason: string | undefined): void;
  /** `redirect` and `deflect`: the call shall go elsewhere. */
  redirect(target: string): void;
  /** Media past the switch: what the other side of the call says of its end, for the next answer to this phone. */
  partnerDescription: string;
  /** Media past the switch: offers a description to the phone; resolves with its answer, undefined = refused. */
  reoffer(description: string): Promise<string | undefined>;
  /** Variables that are only known at the end (RTP counters). */
  closingVariables(): readonly [string, string][];
  /** All resources go, without a word: the switch was killed. */
  abandon(): void;
}
