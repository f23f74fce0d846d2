import type { EventRecord } from '../../captured-calls/captured-event';
import { fire, type CallerProfile, type Channel } from '../core';

export const SUBCLASS = 'fifo::info';
/** Where calls are told that members have beside the lines. */
export const MANUAL = 'manual_calls';

/** What a line has to say about a leg: `FIFO-Action`. */
export function tell(channel: Channel, line: string, action: string, more: EventRecord = {}): void {
  fire(channel, 'CUSTOM', {
    first: { 'Event-Subclass': SUBCLASS },
    last: { 'FIFO-Name': line, 'FIFO-Action': action, ...more },
  });
}

/** Moments and durations in three units, as mod_fifo tells them: `FIFO-Caller-Talk-Time-ms`. */
export function inUnits(name: string, us: number): EventRecord {
  return {
    [`FIFO-${name}-us`]: String(us),
    [`FIFO-${name}-ms`]: String(Math.floor(us / 1000)),
    [`FIFO-${name}-s`]: String(Math.floor(us / 1_000_000)),
  };
}

/** How long a leg has talked since its bridge, without the time on hold. */
export function talkTime(
  role: 'Caller' | 'Consumer',
  { core }: Channel,
  profile: CallerProfile,
): EventRecord {
  const { bridged, holdAccum } = profile.times;
  return {
    ...(role === 'Consumer' && inUnits('Consumer-Bridge-Time', bridged)),
    ...inUnits(`${role}-Talk-Time`, core.nowUs() - bridged - holdAccum),
    ...inUnits(`${role}-Hold-Time`, holdAccum),
  };
}
