/** The two codecs that every phone has. */
export type Codec = 'PCMU' | 'PCMA';

/** 20 ms of sound as it travels: 160 bytes of G.711. */
export interface Frame {
  readonly codec: Codec;
  readonly payload: Uint8Array;
}

export const SAMPLE_RATE = 8000;
export const FRAME_MS = 20;
export const FRAME_SAMPLES = (SAMPLE_RATE * FRAME_MS) / 1000;
/** Static payload types of RTP (RFC 3551). */
export const PAYLOAD_TYPE: Readonly<Record<Codec, number>> = { PCMU: 0, PCMA: 8 };

export function codecOf(payloadType: number): Codec | undefined {
  if (payloadType === PAYLOAD_TYPE.PCMU) return 'PCMU';
  return payloadType === PAYLOAD_TYPE.PCMA ? 'PCMA' : undefined;
}
