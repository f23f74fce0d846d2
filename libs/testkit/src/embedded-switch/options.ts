import type { ReplayClock } from '../replay-switch/clock';
import type { SwitchPlan } from './dialplan-port';
import type { PortRange } from './media';
import type { SipTimers } from './sip';

export interface EmbeddedSwitchOptions {
  /** Configuration: of `freeswitch/conf`, or written by hand. */
  readonly plan: SwitchPlan;
  /** Port of the event socket in place of the planned one; 0 takes a free one. */
  readonly eventSocketPort?: number;
  /** Ports of SIP profiles (UDP and TCP) in place of the planned ones, by profile; 0 takes a free one. */
  readonly sipPorts?: Readonly<Record<string, number>>;
  /** Ports for WebSocket phones in place of the planned ones, by profile; 0 takes a free one. */
  readonly wsPorts?: Readonly<Record<string, number>>;
  /** For media; 16384 to 32768 unless told, as in FreeSWITCH. */
  readonly rtpPorts?: PortRange;
  /** FreeSWITCH-Switchname of every event. */
  readonly switchName?: string;
  /** 20 000 unless told, as in FreeSWITCH; 0 = none. */
  readonly heartbeatMs?: number;
  /** Of RFC 3261 unless told; specs of lost packets make them shorter. */
  readonly sipTimers?: SipTimers;
  readonly clock?: ReplayClock;
  /** Gets mistakes of the switch itself; they are thrown asynchronously unless told. */
  readonly onError?: (error: unknown) => void;
  /** Gets what the dial plan logs. */
  readonly onLog?: (channelUuid: string, text: string) => void;
}
