import type { Behaviour } from '../call/behaviour';
import type { PhoneCall } from '../call/phone-call';
import type { Network } from '../endpoint/network';
import type { CodecName } from '../media/g711';
import type { PortRange } from '../media/rtp-port';
import type { Sound } from '../media/tones';

export interface PhoneOptions {
  /** Its extension, and the user part of its address. */
  readonly number: string;
  readonly domain: string;
  readonly network: Network;
  readonly password?: string;
  /** The user name for digest, if it is not the number. */
  readonly authName?: string;
  /** Display name. */
  readonly name?: string;
  /** What logs and events call it; its number if not said. Two phones of one extension need two labels. */
  readonly label?: string;
  /** What it does when called; it rings if not said. */
  readonly behaviour?: Behaviour;
  /** What it does with this call, if that is something else. */
  readonly behaviourFor?: (call: PhoneCall) => Behaviour | undefined;
  /** More calls at once than this are refused with 486. */
  readonly lines?: number;
  /** Its own tone, Hz; the lab gives it one if not said. */
  readonly toneHz?: number;
  /** What it says instead of its tone. */
  readonly sound?: Sound;
  /** Plain RTP in G.711 if not said; `webrtc` (DTLS-SRTP, Opus) needs an optional package. */
  readonly media?: 'rtp' | 'webrtc';
  /** In the order of its preference; for plain RTP. */
  readonly codecs?: readonly CodecName[];
  readonly rtpPorts?: PortRange;
  readonly expiresSeconds?: number;
  /** How long to wait for the registrar's answer, ms; 8000 if not said. */
  readonly registerWithinMs?: number;
  /** Whether a registered phone connects and registers again after a loss; it does if not said. */
  readonly comesBack?: boolean;
}
