import type { DialingLeg } from './dialing-leg';

/**
 * Ends legs whose own time is over, and starts those that were to wait (check_per_channel_timeouts). Seconds are whole
 * ones of the clock, as FreeSWITCH counts: leg_timeout=5 is over in the sixth second.
 *
 * @returns whether a leg did not even ring in its time
 */
export function checkLegTimeouts(legs: readonly DialingLeg[], elapsed: number): boolean {
  startDelayed(legs, elapsed);
  let hasNotRung = false;
  for (const { channel, timeoutSeconds, progressSeconds } of legs) {
    if (!channel?.isUp) continue;
    const rings = channel.has('RING_READY') || channel.has('ANSWERED') || channel.has('EARLY_MEDIA');
    if (progressSeconds > 0 && elapsed > progressSeconds && !rings) {
      channel.core.hangUp(channel, 'PROGRESS_TIMEOUT');
      hasNotRung = true;
    }
    if (timeoutSeconds > 0 && elapsed > timeoutSeconds) channel.core.hangUp(channel, 'ALLOTTED_TIMEOUT');
  }
  return hasNotRung;
}

/** leg_delay_start; when nobody rings any more, the next ones need not wait. */
function startDelayed(legs: readonly DialingLeg[], elapsed: number): void {
  const alive = legs.filter(
    ({ channel }) => channel && channel.state !== 'CS_DESTROY' && channel.state !== 'CS_REPORTING',
  );
  const waiting = alive.filter(({ delaySeconds }) => delaySeconds > 0);
  const isIdle = waiting.length > 0 && waiting.length === alive.length;
  const soonest = Math.min(...waiting.map(({ delaySeconds }) => delaySeconds));
  for (const leg of waiting) {
    if (!isIdle && elapsed <= leg.delaySeconds) continue;
    if (isIdle) {
      const early = soonest - elapsed;
      leg.timeoutSeconds = sooner(leg.timeoutSeconds, early);
      leg.progressSeconds = sooner(leg.progressSeconds, early);
    }
    leg.delaySeconds = isIdle ? leg.delaySeconds - soonest : 0;
    if (leg.delaySeconds === 0) leg.channel?.clearFlag('BLOCK_STATE');
  }
}

function sooner(seconds: number, early: number): number {
  return seconds === 0 ? 0 : Math.max(1, seconds - early);
}
