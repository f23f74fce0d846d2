import type { PortalReply } from '../http/wire';
import type { PortalState } from '../portal-state';

/**
 * A recording, whole or the part that is asked for (RFC 9110, one range of bytes): players ask so to jump within it.
 * Undefined if there is no such file. It is always sent as sound, whatever is in it.
 */
export function recordingFile(
  { recordings }: PortalState,
  fileId: number,
  range: string | undefined,
): PortalReply | undefined {
  const file = [...recordings.values()].find((recording) => recording.fileId === fileId);
  if (!file) return undefined;
  const { bytes, fileName } = file;
  const headers = {
    'content-type': fileName.toLowerCase().endsWith('.mp3') ? 'audio/mpeg' : 'audio/wav',
    'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
  };
  const part = partOf(range, bytes.length);
  if (!part) return { status: 200, headers, body: '', bytes };
  const { first, last } = part;
  if (first > last) return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` }, body: '' };
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${first}-${last}/${bytes.length}` },
    body: '',
    bytes: bytes.subarray(first, last + 1),
  };
}

/** `bytes=5-`, `bytes=5-9`, `bytes=-5`; anything else means the whole. */
function partOf(
  range: string | undefined,
  size: number,
): { readonly first: number; readonly last: number } | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') return { first: Math.max(0, size - Number(to)), last: size - 1 };
  return { first: Number(from), last: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}
