import type { Channel } from './channel';
import { setCallState } from './milestones';

/** A leg that is answered and dials another one waits for a ring (flag CF_ORIGINATOR, call state RING_WAIT). */
export function setOriginator(channel: Channel, on: boolean): void {
  if (on) {
    channel.setFlag('ORIGINATOR');
    if (channel.has('ANSWERED') && channel.isUp) setCallState(channel, 'RING_WAIT');
    return;
  }
  channel.clearFlag('ORIGINATOR');
  if (channel.has('ANSWERED') && channel.isUp) setCallState(channel, 'ACTIVE');
}
