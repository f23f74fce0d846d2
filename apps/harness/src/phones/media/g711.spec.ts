import { decodeG711, encodeG711, type CodecName } from './g711';

const decode = (codec: CodecName, byte: number): number => decodeG711(codec, Uint8Array.of(byte))[0]!;
const encode = (codec: CodecName, sample: number): number => encodeG711(codec, Int16Array.of(sample))[0]!;

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);
const SAMPLES = Array.from({ length: 65_536 }, (_, index) => index - 32_768);

/**
 * The decoder output of ITU-T G.711, tables 1a/1b and 2a/2b, from the segment's end points and its 16 equal steps.
 * The tables count in 13 bits (A-law) and 14 bits (mu-law); 16-bit samples are 8 and 4 times as large.
 */
function itu(codec: CodecName, byte: number): number {
  const bits = codec === 'PCMU' ? ~byte & 0xff : byte ^ 0x55;
  const [segment, step] = [(bits >> 4) & 7, bits & 15];
  const isNegative = codec === 'PCMU' ? (bits & 0x80) !== 0 : (bits & 0x80) === 0;
  const magnitude =
    codec === 'PCMU'
      ? 4 * ((2 * step + 33) * 2 ** segment - 33)
      : 8 * (segment === 0 ? 2 * step + 1 : (2 * step + 33) * 2 ** (segment - 1));
  return isNegative ? 0 - magnitude : magnitude;
}

/** Half the width of the step that a byte stands for; it doubles from segment to segment. */
function halfStep(codec: CodecName, byte: number): number {
  const segment = ((codec === 'PCMU' ? ~byte : byte ^ 0x55) >> 4) & 7;
  return codec === 'PCMU' ? 4 * 2 ** segment : 8 * 2 ** Math.max(0, segment - 1);
}

describe.each<CodecName>(['PCMU', 'PCMA'])('%s', (codec) => {
  it('decodes every byte as the tables of ITU-T G.711 say', () => {
    expect(BYTES.map((byte) => decode(codec, byte))).toEqual(BYTES.map((byte) => itu(codec, byte)));
  });

  it('encodes every sample to the step in whose middle the decoder puts it', () => {
    const loudest = Math.max(...BYTES.map((byte) => itu(codec, byte)));
    const wrong = SAMPLES.filter((sample) => {
      const byte = encode(codec, sample);
      const error = Math.abs(itu(codec, byte) - sample);
      return error > halfStep(codec, byte) && Math.abs(sample) < loudest;
    });
    expect(wrong).toEqual([]);
  });

  it('keeps what it has once encoded', () => {
    const again = BYTES.map((byte) => decode(codec, encode(codec, decode(codec, byte))));
    expect(again).toEqual(BYTES.map((byte) => decode(codec, byte)));
  });

  it('never turns a louder sample into a softer one', () => {
    const decoded = decodeG711(codec, encodeG711(codec, Int16Array.from(SAMPLES)));
    expect(decoded.every((value, i) => i === 0 || value >= decoded[i - 1]!)).toBe(true);
  });
});

it('has the well-known corner values', () => {
  expect([0x00, 0x7f, 0x80, 0xff].map((byte) => decode('PCMU', byte) + 0)).toEqual([-32124, 0, 32124, 0]);
  expect([0x2a, 0x55, 0xaa, 0xd5].map((byte) => decode('PCMA', byte))).toEqual([-32256, -8, 32256, 8]);
});
