import { extname } from 'node:path';
import { open } from 'node:fs/promises';
import { openRecordFile, type RecordFile } from '@app/bitrix24';
import type { FoundRecording } from '../ports';
import { readWavLayout, repairedHeader } from './wav-layout';

/** What the portal takes: "Wrong file extension. Only wav and mp3 are allowed" (attachRecord). */
const TAKEN = new Set(['.wav', '.mp3']);

/** Name under which a recording is filed, or undefined for a kind of file that the portal refuses. */
export function recordName(callId: string, path: string): string | undefined {
  const extension = extname(path).toLowerCase();
  return TAKEN.has(extension) ? `${callId}${extension}` : undefined;
}

/**
 * The file to send. It stays on the disk and is read while it is sent; of a torn one only the header is replaced on the
 * way, the file itself is never touched. Throws if the file went away since it was found.
 */
export async function recordFileOf(
  found: Extract<FoundRecording, { kind: 'file' }>,
  fileName: string,
): Promise<RecordFile> {
  const whole = await openRecordFile(found.localPath, fileName);
  return found.torn ? { fileName, content: await mended(whole.content, found) } : whole;
}

async function mended(
  content: Blob,
  { localPath, bytes }: { localPath: string; bytes: number },
): Promise<Blob> {
  const file = await open(localPath, 'r');
  try {
    const layout = await readWavLayout(file);
    if (!layout) return content;
    const { header, sound } = repairedHeader(layout, bytes);
    const body = content.slice(layout.header.length, layout.header.length + sound);
    return new Blob([new Uint8Array(header), body], { type: content.type });
  } finally {
    await file.close();
  }
}
