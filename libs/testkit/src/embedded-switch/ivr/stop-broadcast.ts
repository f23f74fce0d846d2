import type { Channel } from '../core';

/** Ends what was broadcast to a channel (switch_channel_stop_broadcast). */
export function stopBroadcast(channel: Channel): void {
  if (channel.has('BROADCAST')) channel.setFlag('STOP_BROADCAST');
}
