import { usualName } from './header-names';
import type { SipHeader, SipMessage } from './sip-message';

/** Longest head that is read; FreeSWITCH's own stack takes 64 KiB too. */
export const MAX_HEAD_BYTES = 65_536;
export const MAX_BODY_BYTES = 65_536;
const MAX_HEADERS = 256;
const REQUEST_LINE = /^([A-Z][A-Za-z0-9.!%*_+`'~-]{0,31}) (\S{1,2048}) SIP\/2\.0$/;
const STATUS_LINE = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/;

/** What a head says: everything but the body. */
export interface ParsedHead {
  readonly message: SipMessage;
  /** undefined when the message does not state it. */
  readonly contentLength: number | undefined;
}

/**
 * Reads a message that came in one piece (a datagram, a WebSocket frame).
 *
 * @returns undefined when it is no SIP; nothing is thrown, whatever the bytes are.
 */
export function parseSip(bytes: Buffer): SipMessage | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0 || end > MAX_HEAD_BYTES) return undefined;
  const head = parseHead(bytes.toString('utf8', 0, end));
  if (!head) return undefined;
  const available = bytes.length - end - 4;
  // a datagram may be longer than its Content-Length, never shorter (RFC 3261 section 18.3)
  const length = head.contentLength ?? available;
  if (length > available || length > MAX_BODY_BYTES) return undefined;
  return { ...head.message, body: bytes.toString('utf8', end + 4, end + 4 + length) };
}

/** Reads start line and headers (without the blank line); undefined when they are no SIP. */
export function parseHead(text: string): ParsedHead | undefined {
  const lines = unfold(text).split('\r\n');
  const start = lines[0] ?? '';
  const headers = lines.length > MAX_HEADERS + 1 ? undefined : parseHeaders(lines);
  if (!headers) return undefined;
  const length = headers.find(({ name }) => name === 'Content-Length')?.value;
  if (length !== undefined && !/^\d{1,7}$/.test(length)) return undefined;
  const contentLength = length === undefined ? undefined : Number(length);
  const rest = { headers: headers.filter(({ name }) => name !== 'Content-Length'), body: '' };
  const request = REQUEST_LINE.exec(start);
  if (request) {
    const [, method = '', uri = ''] = request;
    return { contentLength, message: { kind: 'request', method, uri, ...rest } };
  }
  const status = STATUS_LINE.exec(start);
  if (!status) return undefined;
  const response = { kind: 'response' as const, status: Number(status[1]), reason: status[2] ?? '' };
  return { contentLength, message: { ...response, ...rest } };
}

/** A line that begins with white space goes on with the one before. */
function unfold(text: string): string {
  return text.replace(/\r\n[ \t]+/g, ' ');
}

function parseHeaders(lines: readonly string[]): SipHeader[] | undefined {
  const headers: SipHeader[] = [];
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const colon = line.indexOf(':');
    if (colon < 1) return undefined;
    const name = line.slice(0, colon).trim();
    if (!/^[A-Za-z0-9.!%*_+`'~-]{1,128}$/.test(name)) return undefined;
    headers.push({ name: usualName(name), value: line.slice(colon + 1).trim() });
  }
  return headers;
}
