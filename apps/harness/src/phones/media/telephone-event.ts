/**
 * DTMF digits as RTP packets of their own (RFC 4733, section 2): every packet of a digit has the digit's first timestamp
 * and how long it has lasted so far; the last one is marked as the end and sent three times.
 */
export interface TelephoneEvent {
  readonly digit: string;
  readonly isEnd: boolean;
  /** dBm0 below zero, 0 to 63. */
  readonly volume: number;
  /** In timestamp units: 8 are 1 ms. */
  readonly duration: number;
}

const DIGITS = '0123456789*#ABCD';
const BYTES = 4;
const END_BIT = 0x80;

/** Whether all of it can be dialled. */
export function isDialable(digits: string): boolean {
  return /^[0-9*#A-D]+$/.test(digits);
}

/** @param event.digit one of 0-9 * # A-D */
export function writeTelephoneEvent({ digit, isEnd, volume, duration }: TelephoneEvent): Buffer {
  const bytes = Buffer.alloc(BYTES);
  bytes[0] = DIGITS.indexOf(digit);
  bytes[1] = (isEnd ? END_BIT : 0) | volume;
  bytes.writeUInt16BE(Math.min(duration, 0xffff), 2);
  return bytes;
}

/** @returns undefined for what is no DTMF digit: other events (flash, fax tones), cut or empty packets */
export function readTelephoneEvent(payload: Buffer): TelephoneEvent | undefined {
  if (payload.length < BYTES) return undefined;
  const [event = 0, flags = 0] = payload;
  const digit = DIGITS[event];
  if (digit === undefined) return undefined;
  return { digit, isEnd: (flags & END_BIT) !== 0, volume: flags & 0x3f, duration: payload.readUInt16BE(2) };
}
