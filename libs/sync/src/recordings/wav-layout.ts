import type { FileHandle } from 'node:fs/promises';

/** Where the sound lies in a WAV file, and what its header claims. All in bytes. */
export interface WavLayout {
  /** Everything before the sound: the RIFF form and its chunks up to the head of `data`. */
  readonly header: Buffer;
  /** Length of the sound by the header. */
  readonly claimedSound: number;
  /** Length of the file by the header. */
  readonly claimedFile: number;
  /** Bytes of one sample of all channels: the sound is a whole number of them. */
  readonly frame: number;
}

/** FreeSWITCH writes 44 bytes; other writers add chunks before the sound, but not more than this. */
const LONGEST_HEADER = 4096;
const RIFF_HEAD = 12;
const CHUNK_HEAD = 8;
/** RIFF counts in 32 bits; players take the largest number for "to the end". */
const MOST_RIFF_BYTES = 0xffff_ffff;

/** Reads the layout of a WAV file (RIFF; Microsoft/IBM multimedia specification 1991), or undefined if it is none. */
export async function readWavLayout(file: FileHandle): Promise<WavLayout | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_HEADER), 0, LONGEST_HEADER, 0);
  const start = buffer.subarray(0, bytesRead);
  const isRiff = bytesRead >= RIFF_HEAD && tag(start, 0) === 'RIFF' && tag(start, CHUNK_HEAD) === 'WAVE';
  return isRiff ? layoutOf(start) : undefined;
}

/** The header with the lengths that are true for a file of `fileBytes`, whose sound may end in half a frame. */
export function repairedHeader(layout: WavLayout, fileBytes: number): { header: Buffer; sound: number } {
  const { header, frame } = layout;
  const rest = fileBytes - header.length;
  const sound = rest - (rest % frame);
  const repaired = Buffer.from(header);
  repaired.writeUInt32LE(Math.min(header.length + sound - CHUNK_HEAD, MOST_RIFF_BYTES), 4);
  repaired.writeUInt32LE(Math.min(sound, MOST_RIFF_BYTES), header.length - 4);
  return { header: repaired, sound };
}

function layoutOf(start: Buffer): WavLayout | undefined {
  let frame = 1;
  for (let at = RIFF_HEAD; at + CHUNK_HEAD <= start.length;) {
    const length = start.readUInt32LE(at + 4);
    const body = at + CHUNK_HEAD;
    if (tag(start, at) === 'data') {
      const claimedFile = start.readUInt32LE(4) + CHUNK_HEAD;
      return { header: start.subarray(0, body), claimedSound: length, claimedFile, frame };
    }
    // `fmt ` holds the length of a frame ("block align") at offset 12.
    if (tag(start, at) === 'fmt ' && body + 14 <= start.length) frame = start.readUInt16LE(body + 12) || 1;
    // Chunks begin at even offsets.
    at = body + length + (length % 2);
  }
  return undefined;
}

function tag(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, at + 4);
}
