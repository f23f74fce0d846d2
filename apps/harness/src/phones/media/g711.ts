/**
 * G.711, the codec of the telephone network: 8000 samples a second, one byte each (ITU-T G.711, 1988).
 * Samples here have 16 bits; the lower 2 (mu-law) or 3 (A-law) of them are below the codec's resolution.
 */
export type CodecName = 'PCMU' | 'PCMA';

export const SAMPLES_PER_SECOND = 8000;

/** mu-law adds this before it looks for the segment, so that the segments are powers of two (33 in the 14-bit scale). */
const BIAS = 33 << 2;
const MU_LAW_LIMIT = 0x7fff - BIAS;

function decodeMuLaw(byte: number): number {
  const bits = ~byte & 0xff;
  const segment = (bits >> 4) & 7;
  const magnitude = ((((bits & 15) << 3) + BIAS) << segment) - BIAS;
  return bits & 0x80 ? -magnitude : magnitude;
}

function encodeMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), MU_LAW_LIMIT) + BIAS;
  const segment = 31 - Math.clz32(magnitude) - 7;
  const step = (magnitude >> (segment + 3)) & 15;
  return ~(sign | (segment << 4) | step) & 0xff;
}

function decodeALaw(byte: number): number {
  const bits = byte ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = ((bits & 15) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

function encodeALaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  // Negative numbers are mirrored at -1/2, as two's complement is: -1 is the first step below zero.
  const magnitude = Math.min(sample >= 0 ? sample : ~sample, 0x7fff);
  const segment = magnitude < 0x100 ? 0 : 31 - Math.clz32(magnitude) - 7;
  const step = (magnitude >> (segment === 0 ? 4 : segment + 3)) & 15;
  return (sign | (segment << 4) | step) ^ 0x55;
}

/** All answers beforehand: encoding and decoding happens for every sample of every call. */
interface Tables {
  readonly decode: Int16Array;
  /** By sample + 32768. */
  readonly encode: Uint8Array;
}

const TABLES: Readonly<Record<CodecName, Tables>> = {
  PCMU: tables(decodeMuLaw, encodeMuLaw),
  PCMA: tables(decodeALaw, encodeALaw),
};

function tables(decode: (byte: number) => number, encode: (sample: number) => number): Tables {
  return {
    decode: Int16Array.from({ length: 256 }, (_, byte) => decode(byte)),
    encode: Uint8Array.from({ length: 65_536 }, (_, index) => encode(index - 32_768)),
  };
}

/** 16-bit samples as bytes of the codec. */
export function encodeG711(codec: CodecName, samples: Int16Array): Buffer {
  const { encode } = TABLES[codec];
  const bytes = Buffer.allocUnsafe(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = encode[(samples[i] ?? 0) + 32_768] ?? 0;
  return bytes;
}

/** The codec's bytes as 16-bit samples. */
export function decodeG711(codec: CodecName, bytes: Uint8Array): Int16Array {
  const { decode } = TABLES[codec];
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) samples[i] = decode[bytes[i] ?? 0] ?? 0;
  return samples;
}
