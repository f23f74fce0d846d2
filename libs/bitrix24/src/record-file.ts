import { openAsBlob } from 'node:fs';
import { basename, extname } from 'node:path';

/** A recording to upload. A Blob, so that it can stay on disk: see `openRecordFile`. */
export interface RecordFile {
  readonly content: Blob;
  /** Ends in .wav or .mp3. */
  readonly fileName: string;
}

/** What `attachRecord` with FILENAME alone answered. */
export interface UploadTarget {
  readonly uploadUrl: string;
  readonly fieldName: string;
}

/**
 * A recording on disk, read piece by piece only while it is sent. Throws if the file is not there; the upload fails
 * if it changes between this and its end.
 */
export async function openRecordFile(path: string, fileName = basename(path)): Promise<RecordFile> {
  const type = extname(fileName).toLowerCase() === '.mp3' ? 'audio/mpeg' : 'audio/wav';
  return { content: await openAsBlob(path, { type }), fileName };
}

/**
 * The address to upload to, if it belongs to the portal. A recording of a talk goes nowhere else, whatever the answer
 * says: scheme, host and port must be those of the endpoint.
 */
export function trustedUploadUrl(uploadUrl: string, endpoint: string): URL | undefined {
  if (!URL.canParse(uploadUrl) || !URL.canParse(endpoint)) return undefined;
  const url = new URL(uploadUrl);
  return url.origin === new URL(endpoint).origin && url.username === '' && url.password === ''
    ? url
    : undefined;
}
