import { readFile } from 'node:fs/promises';
import { parseWavHeader, WAV_HEADER_BYTES } from '../../../recordings/wav-header';
import { SAMPLE_RATE, type Frame } from '../codec';
import { toFrames } from './sound-source';

/** The sound of a 16-bit PCM WAV file at 8 kHz, its first channel; undefined when there is no such file. */
export async function wavFrames(path: string): Promise<readonly Frame[] | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  const header = bytes && parseWavHeader(bytes);
  if (!header || header.sampleRate !== SAMPLE_RATE || header.bitsPerSample !== 16) return undefined;
  const stride = header.channels * 2;
  const count = Math.floor((bytes.length - WAV_HEADER_BYTES) / stride);
  return toFrames(
    Int16Array.from({ length: count }, (_, at) => bytes.readInt16LE(WAV_HEADER_BYTES + at * stride)),
  );
}
