import type { Behaviour } from '../call/behaviour';
import type { Network } from '../endpoint/network';
import type { CodecName } from '../media/g711';
import type { PortRange } from '../media/rtp-port';
import type { Sound } from '../media/tones';
import type { Place } from '../wire/address';
import type { DigestUser } from './digest';

export interface TrunkOptions {
  /** What logs and events call it; "trunk" if not said. */
  readonly name?: string;
  /** Where the switch finds it: its own address and port (0 for any), and the transport. */
  readonly listen: Place;
  readonly transport: 'tcp' | 'udp';
  /** Where calls to the company go when the switch is known by its address (a plain IP peer). */
  readonly switch?: Place;
  /** The switch has to register with these, and to answer a challenge at each of its calls (a registered gateway). */
  readonly gateway?: DigestUser;
  /** What the switch wants of us when it challenges our calls. */
  readonly credentials?: DigestUser;
  /** The domain of outside numbers; its own address if not said. */
  readonly domain?: string;
  /** What is done when somebody calls these numbers. */
  readonly numbers?: Readonly<Record<string, Behaviour>>;
  /** What is done at all others; 404 if not said. */
  readonly otherwise?: Behaviour;
  /** What outside people say, Hz; the lab gives a tone if not said. */
  readonly toneHz?: number;
  readonly sound?: Sound;
  readonly codecs?: readonly CodecName[];
  readonly rtpPorts?: PortRange;
  readonly loses?: Network['loses'];
  readonly timers?: Network['timers'];
}
