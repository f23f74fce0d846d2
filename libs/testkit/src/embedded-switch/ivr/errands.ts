import type { Channel } from '../core';

/** Does what others have asked the channel to do. */
export async function runErrands(channel: Channel): Promise<void> {
  while (channel.hasErrand && channel.isUp) await channel.runErrand();
}

/**
 * Waits like `channel.until`, and does the channel's errands meanwhile: what every application of FreeSWITCH that waits
 * for its phone does.
 */
export async function untilWithErrands(
  channel: Channel,
  condition: () => boolean,
  ms?: number,
): Promise<boolean> {
  const deadline = ms === undefined ? undefined : performance.now() + ms;
  for (;;) {
    const left = deadline === undefined ? undefined : deadline - performance.now();
    const isAwake = await channel.until(() => condition() || (channel.hasErrand && channel.isUp), left);
    if (condition()) return true;
    if (!isAwake) return false;
    await runErrands(channel);
  }
}
