import type { Channel } from './channel';
import { fire } from './channel-events';
import { setCallState } from './milestones';

/** The phone of this leg has put the call on hold, or has taken it back (switch_channel_mark_hold). */
export function markHold(channel: Channel, on: boolean): void {
  if (on === channel.has('LEG_HOLDING')) return;
  setLegHolding(channel, on);
  fire(channel, on ? 'CHANNEL_HOLD' : 'CHANNEL_UNHOLD');
}

/** The mark alone, with the times and the call state that go with it. */
export function setLegHolding(channel: Channel, on: boolean): void {
  if (on === channel.has('LEG_HOLDING')) return;
  const now = channel.core.nowUs();
  if (on) {
    channel.setFlag('LEG_HOLDING');
    if (!channel.has('ANSWERED')) return;
    setCallState(channel, 'HELD');
    channel.profile.times.lastHold = now;
    channel.holds.unshift({ on: now, off: 0 });
    return;
  }
  channel.clearFlag('LEG_HOLDING');
  if (!channel.has('ANSWERED')) return;
  setCallState(channel, 'UNHELD');
  const { times } = channel.profile;
  if (times.lastHold > 0) times.holdAccum += now - times.lastHold;
  if (channel.holds[0]) channel.holds[0].off = now;
}
