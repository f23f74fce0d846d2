import type { Channel } from '../core';
import { untilWithErrands } from '../ivr';

/** Waits until the leg itself has been answered. */
export async function waitForAnswerOf(channel: Channel): Promise<void> {
  await untilWithErrands(channel, () => channel.has('ANSWERED') || !channel.isReady);
}
