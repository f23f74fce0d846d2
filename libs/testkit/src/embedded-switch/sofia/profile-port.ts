import type { Channel, SwitchCore } from '../core';
import type { Codec } from '../media';
import type { DialogUser, SipStack } from '../sip';

/** What a leg needs from the SIP profile it belongs to. */
export interface ProfilePort {
  readonly name: string;
  readonly core: SwitchCore;
  readonly stack: SipStack;
  /** Codecs that the switch takes and offers, best first. */
  readonly codecs: readonly Codec[];
  /** What the other side of a held leg hears. */
  readonly holdMusic: string;
  /** Whether a REFER may transfer (profile setting disable-transfer). */
  readonly allowsTransfer: boolean;
  /** Whether the media of who calls is agreed on only when he is to hear something (inbound-late-negotiation). */
  readonly negotiatesLate: boolean;
  /** The channel of a dialog on any profile. */
  channelOf(session: DialogUser): Channel | undefined;
  /** Which session a Replaces names, on any profile. */
  findSession(callId: string, tag: string, otherTag: string): DialogUser | undefined;
  /** A session belongs to a channel from now on, until it is over. */
  adopt(session: DialogUser, channel: Channel): void;
}
