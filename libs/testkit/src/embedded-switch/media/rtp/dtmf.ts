import type { RtpPacket } from './rtp-packet';

const DIGITS = '0123456789*#ABCD';
/** A press as FreeSWITCH sends it by default: 2000 samples. */
export const DTMF_SAMPLES = 2000;
const STEP_SAMPLES = 160;
/** The end is said three times (RFC 4733 section 2.5.1.4). */
const ENDS = 3;
const VOLUME = 10;

/** Hears keys in telephone-event packets (RFC 4733): one press is one timestamp, however many packets it has. */
export class DtmfReader {
  #lastTimestamp: number | undefined;

  /** The key when its press has ended, once per press; else undefined. */
  read({ payload, timestamp }: RtpPacket): string | undefined {
    const hasEnded = payload.length >= 4 && (payload[1]! & 0x80) !== 0;
    if (!hasEnded || timestamp === this.#lastTimestamp) return undefined;
    this.#lastTimestamp = timestamp;
    return DIGITS[payload[0]!];
  }
}

/** One step of a press that goes out. */
export interface DtmfStep {
  readonly payload: Uint8Array;
  readonly isFirst: boolean;
}

/** The packets of a press, one for every 20 ms. Unknown keys give none. */
export function pressOf(digit: string): DtmfStep[] {
  const event = DIGITS.indexOf(digit.toUpperCase());
  if (event < 0 || digit === '') return [];
  const steps = Math.ceil(DTMF_SAMPLES / STEP_SAMPLES);
  return Array.from({ length: steps + ENDS - 1 }, (_, index) => {
    const samples = Math.min((index + 1) * STEP_SAMPLES, DTMF_SAMPLES);
    const end = index + 1 >= steps ? 0x80 : 0;
    return {
      payload: Uint8Array.of(event, end | VOLUME, samples >> 8, samples & 0xff),
      isFirst: index === 0,
    };
  });
}
