import type { EventRecord } from '../../captured-calls/captured-event';
import type { QueueSettings } from '../config';
import { profileField, type Channel } from '../core';

export type MemberState = 'Waiting' | 'Trying' | 'Answered' | 'Abandoned';
/** Why a member left without an agent. */
export type CancelReason = 'TIMEOUT' | 'NO_AGENT_TIMEOUT' | 'BREAK_OUT' | 'EXIT_WITH_KEY';

/** Of a member that rings everybody at once. */
export const EVERYBODY = 'ring-all';

/** A caller in a queue. Moments are epoch seconds. */
export class Member {
  readonly uuid = crypto.randomUUID();
  readonly callerName: string;
  readonly callerNumber: string;
  state: MemberState = 'Waiting';
  /** Whose phone rings for him: an agent's name, `EVERYBODY`, '' = nobody's. */
  servingAgent: string;
  /** A phone rings for him: he is not sent away meanwhile. */
  isConnecting = false;
  /** Why he has to leave. */
  reason: CancelReason | undefined;
  bridgedAt = 0;
  abandonedAt = 0;

  constructor(
    readonly channel: Channel,
    readonly queue: QueueSettings,
    readonly joinedAt: number,
    /** What he has waited already, in seconds. */
    readonly baseScore: number,
  ) {
    this.callerName = profileField(channel, 'caller_id_name') ?? '';
    this.callerNumber = profileField(channel, 'caller_id_number') ?? '';
    this.servingAgent = queue.strategy === 'ring-all' ? EVERYBODY : '';
  }

  /** Whether he is still in the queue: phones may ring for him. */
  get isWaiting(): boolean {
    return this.state === 'Waiting' || this.state === 'Trying';
  }

  /** Whether agents are to be looked for. */
  get isToBeServed(): boolean {
    return this.state === 'Waiting' || (this.state === 'Trying' && this.servingAgent === EVERYBODY);
  }

  /** He waits no longer, and nobody has taken him. */
  abandon(now: number): void {
    if (this.state !== 'Abandoned') this.abandonedAt = now;
    this.state = 'Abandoned';
  }

  /** Who he is, as every event says it. */
  get headers(): EventRecord {
    return {
      'CC-Member-UUID': this.uuid,
      'CC-Member-Session-UUID': this.channel.uuid,
      'CC-Member-CID-Name': this.callerName,
      'CC-Member-CID-Number': this.callerNumber,
    };
  }

  /** He was transferred to the queue from this number. */
  get dnisHeader(): EventRecord {
    const { rdnis } = this.channel.profile;
    return rdnis === '' ? {} : { 'CC-Member-DNIS': rdnis };
  }

  set(name: string, value: string | undefined): void {
    this.channel.variables.set(name, value);
  }
}
