/** What the 44 bytes at the start of a PCM WAV file say. */
export interface WavHeader {
  readonly channels: number;
  /** Samples a second of each channel. */
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  /** Length of the sound as the header claims it; a torn file has more or less. */
  readonly dataBytes: number;
  readonly seconds: number;
}

export const WAV_HEADER_BYTES = 44;
const PCM = 1;
const BITS = 16;

/** The canonical 44-byte header of 16-bit PCM sound: RIFF, a `fmt ` chunk of 16 bytes, `data`. */
export function wavHeader(channels: number, sampleRate: number, dataBytes: number): Buffer {
  const frameBytes = (channels * BITS) / 8;
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(dataBytes + WAV_HEADER_BYTES - 8, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(PCM, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(BITS, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** Reads the header back; undefined when the bytes are no 16-bit PCM WAV of the canonical form. */
export function parseWavHeader(bytes: Buffer): WavHeader | undefined {
  if (bytes.length < WAV_HEADER_BYTES) return undefined;
  const tags = [
    bytes.toString('latin1', 0, 4),
    bytes.toString('latin1', 8, 16),
    bytes.toString('latin1', 36, 40),
  ];
  const bitsPerSample = bytes.readUInt16LE(34);
  if (tags.join() !== 'RIFF,WAVEfmt ,data' || bytes.readUInt16LE(20) !== PCM || bitsPerSample !== BITS) {
    return undefined;
  }
  const dataBytes = bytes.readUInt32LE(40);
  return {
    channels: bytes.readUInt16LE(22),
    sampleRate: bytes.readUInt32LE(24),
    bitsPerSample,
    dataBytes,
    seconds: dataBytes / bytes.readUInt32LE(28),
  };
}
