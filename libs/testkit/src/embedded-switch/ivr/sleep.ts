import type { Channel } from '../core';
import { untilWithErrands } from './errands';

/** Does nothing for a while, but for the channel's errands; ends early when the channel is wanted elsewhere. */
export async function sleep(channel: Channel, ms: number): Promise<void> {
  await untilWithErrands(channel, () => !channel.isReady || channel.has('BREAK'), ms);
  channel.clearFlag('BREAK');
}
