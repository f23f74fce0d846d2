import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { recordingBytes } from './write-recording';
import { WAV_HEADER_BYTES, wavHeader } from './wav-header';

/**
 * Files a switch leaves behind when it is killed while it records (seen after kill -9: 44 bytes, or 65 580 bytes under
 * a header that was never fixed), and what a full disk or a broken copy leaves.
 *
 * - `header-never-fixed`: 64 KiB of sound, but the header claims none (its true claim was not kept; any wrong one does)
 * - `header-only`: the 44 bytes of the header
 * - `empty`: not a byte
 * - `truncated`: the header claims ten seconds, the file ends after one
 */
export type TornRecording = 'header-never-fixed' | 'header-only' | 'empty' | 'truncated';

const SAMPLE_RATE = 8000;
const CHANNELS = 2;
const FRAME_BYTES = 2 * CHANNELS;
/** What the killed switch had flushed: 64 KiB of sound. */
const FLUSHED_BYTES = 0x1_0000;

/** Writes a torn WAV file of the given kind, and the folders above it. */
export function tornRecording(path: string, kind: TornRecording): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, tornBytes(kind));
}

function tornBytes(kind: TornRecording): Buffer {
  switch (kind) {
    case 'header-never-fixed':
      return Buffer.concat([wavHeader(CHANNELS, SAMPLE_RATE, 0), sound(FLUSHED_BYTES)]);
    case 'header-only':
      return wavHeader(CHANNELS, SAMPLE_RATE, 0);
    case 'empty':
      return Buffer.alloc(0);
    case 'truncated':
      return recordingBytes({ seconds: 10 }).subarray(0, WAV_HEADER_BYTES + SAMPLE_RATE * FRAME_BYTES);
  }
}

function sound(bytes: number): Buffer {
  return recordingBytes({ seconds: bytes / FRAME_BYTES / SAMPLE_RATE }).subarray(WAV_HEADER_BYTES);
}
