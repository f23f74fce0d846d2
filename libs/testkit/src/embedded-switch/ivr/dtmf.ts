import { fire, type Channel } from '../core';

/** What a key that was sent by RFC 4733 lasts, in samples (captures). */
const DURATION = '1280';

/** A key was pressed on the phone of a channel: it waits until somebody reads it, unless it belongs to a feature code. */
export function press(channel: Channel, digit: string): void {
  if (!channel.isUp) return;
  channel.dialedDigits.push(digit);
  if (!channel.has('INNER_BRIDGE') && channel.receivedKeys?.(digit)) return;
  channel.pressed.push(digit);
  channel.poke();
}

/** Takes the next key, and tells of it (switch_channel_dequeue_dtmf). */
export function dequeueDtmf(channel: Channel): string | undefined {
  const digit = channel.pressed.shift();
  if (digit === undefined) return undefined;
  fire(channel, 'DTMF', {
    last: { 'DTMF-Digit': digit, 'DTMF-Duration': DURATION, 'DTMF-Source': 'RTP' },
  });
  return digit;
}

/** Sends a key to the phone of a channel, unless it belongs to a feature code (switch_core_session_send_dtmf). */
export function sendDtmf(channel: Channel, digit: string): void {
  if (!channel.has('INNER_BRIDGE') && channel.sentKeys?.(digit)) return;
  channel.endpoint.sendDtmf(digit);
}

/** Forgets keys that nobody has read. */
export function flushDtmf(channel: Channel): void {
  channel.pressed.length = 0;
}
