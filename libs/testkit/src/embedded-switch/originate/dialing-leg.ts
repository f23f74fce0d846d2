import type { Channel } from '../core';

/** One leg that is being dialled. */
export class DialingLeg {
  /** undefined once somebody else has taken it. */
  channel: Channel | undefined;
  hasEarlyMedia = false;
  /** Of this leg alone, since the beginning of the attempt; 0 = none. */
  timeoutSeconds: number;
  progressSeconds: number;
  delaySeconds: number;
  readonly isRequired: boolean;

  constructor(readonly session: Channel) {
    const { variables } = session;
    const seconds = (name: string): number =>
      Math.max(0, Number.parseInt(variables.get(name) ?? '0', 10) || 0);
    this.channel = session;
    this.delaySeconds = seconds('leg_delay_start');
    const delayed = (value: number): number => (value > 0 ? value + this.delaySeconds : 0);
    this.timeoutSeconds = delayed(seconds('leg_timeout'));
    this.progressSeconds = delayed(seconds('leg_progress_timeout'));
    this.isRequired = variables.isTrue('leg_required');
  }

  /** Whether it can still be won or lost (peer_eligible). */
  get isEligible(): boolean {
    const { channel } = this;
    if (!channel?.has('ORIGINATING')) return false;
    return !isElsewhere(channel);
  }
}

/** Whether somebody else does something with the leg: it was picked up, transferred, bridged. */
export function isElsewhere(channel: Channel): boolean {
  return (
    channel.has('TRANSFER') ||
    channel.has('REDIRECT') ||
    channel.has('BRIDGED') ||
    channel.state === 'CS_RESET'
  );
}
