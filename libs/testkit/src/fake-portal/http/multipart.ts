import type { PortalRequest } from './wire';

/**
 * The bytes of one file in a multipart/form-data body (RFC 7578), or undefined if there is no such file. A field
 * without a file name is no file.
 */
export function multipartFile({ headers, body = '' }: PortalRequest, field: string): Uint8Array | undefined {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return undefined;
  const content =
    typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.length);
  return partsOf(content, boundary)
    .map(headAndData)
    .find(({ head }) => isFile(head, field))?.data;
}

/** What stands between the delimiters, each of which is a line of its own. */
function partsOf(content: Buffer, boundary: string): Buffer[] {
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Buffer[] = [];
  let start = content.indexOf(delimiter);
  while (start !== -1) {
    const end = content.indexOf(`\r\n--${boundary}`, start + delimiter.length);
    if (end === -1) break;
    parts.push(content.subarray(start + delimiter.length + 2, end));
    start = end + 2;
  }
  return parts;
}

function headAndData(part: Buffer): { readonly head: string; readonly data: Uint8Array } {
  const end = part.indexOf('\r\n\r\n');
  if (end === -1) return { head: '', data: part };
  return { head: part.subarray(0, end).toString('utf8'), data: new Uint8Array(part.subarray(end + 4)) };
}

function isFile(head: string, field: string): boolean {
  const disposition = /^content-disposition:\s*form-data;(.*)$/im.exec(head)?.[1] ?? '';
  return /;?\s*name="([^"]*)"/.exec(disposition)?.[1] === field && /filename="/.test(disposition);
}
