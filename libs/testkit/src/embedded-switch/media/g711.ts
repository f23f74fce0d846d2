import type { Codec, Frame } from './codec';

const DECODE: Readonly<Record<Codec, Int16Array>> = {
  PCMU: Int16Array.from({ length: 256 }, (_, byte) => decodeMuLaw(byte)),
  PCMA: Int16Array.from({ length: 256 }, (_, byte) => decodeALaw(byte)),
};
/** Encoded value of every 16-bit sample, shifted to be an index; made when first needed. */
const ENCODE: Partial<Record<Codec, Uint8Array>> = {};
const TRANSCODE: Partial<Record<Codec, Uint8Array>> = {};

/** The samples of a frame. */
export function decodeFrame({ codec, payload }: Frame): Int16Array {
  const table = DECODE[codec];
  const samples = new Int16Array(payload.length);
  for (let at = 0; at < payload.length; at += 1) samples[at] = table[payload[at]!]!;
  return samples;
}

/** A frame of samples; what is too loud is cut off. */
export function encodeFrame(samples: Int16Array, codec: Codec): Frame {
  const table = encoder(codec);
  const payload = new Uint8Array(samples.length);
  for (let at = 0; at < samples.length; at += 1) payload[at] = table[samples[at]! + 32_768]!;
  return { codec, payload };
}

/** The same sound in another codec. */
export function transcode(frame: Frame, codec: Codec): Frame {
  if (frame.codec === codec) return frame;
  const table = (TRANSCODE[codec] ??= DECODE[frame.codec].reduce((codes, sample, byte) => {
    codes[byte] = encoder(codec)[sample + 32_768]!;
    return codes;
  }, new Uint8Array(256)));
  const payload = new Uint8Array(frame.payload.length);
  for (let at = 0; at < payload.length; at += 1) payload[at] = table[frame.payload[at]!]!;
  return { codec, payload };
}

function encoder(codec: Codec): Uint8Array {
  const encode = codec === 'PCMU' ? encodeMuLaw : encodeALaw;
  return (ENCODE[codec] ??= Uint8Array.from({ length: 65_536 }, (_, index) => encode(index - 32_768)));
}

/** ITU-T G.711, mu-law. */
function decodeMuLaw(byte: number): number {
  const bits = ~byte & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84;
  return bits & 0x80 ? -magnitude : magnitude;
}

function encodeMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + 0x84;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

/** ITU-T G.711, A-law. */
function decodeALaw(byte: number): number {
  const bits = byte ^ 0x55;
  const exponent = (bits & 0x70) >> 4;
  const mantissa = (bits & 0x0f) << 4;
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

function encodeALaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_767);
  const exponent = magnitude < 256 ? 0 : Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent === 0 ? 4 : exponent + 3)) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}
