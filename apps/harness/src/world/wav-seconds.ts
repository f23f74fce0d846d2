import { parseWavHeader } from '@app/testkit';

const HEADER_BYTES = 44;

/**
 * How long a recording plays, in seconds; undefined when a player would refuse it: no WAV, no sound, or a header that
 * claims more or less than the file holds (what a killed switch leaves behind).
 */
export function wavSeconds(file: Uint8Array): number | undefined {
  const header = parseWavHeader(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
  const isWhole = header && header.dataBytes > 0 && HEADER_BYTES + header.dataBytes === file.byteLength;
  return isWhole ? header.seconds : undefined;
}
