import { readNamedAddress, readSipAddress, type NamedAddress, type Place, SIP_PORT } from './address';

/** What a message is, read from its raw text without SIP.js: for the log, for the way it has to go, for repeats. */
export interface MessageHead {
  readonly kind: 'request' | 'response';
  /** Of the request, also in its responses. */
  readonly method: string;
  /** Requests only. */
  readonly uri: string;
  /** Responses only; 0 in requests. */
  readonly statusCode: number;
  readonly reason: string;
  readonly callId: string;
  readonly cseq: number;
  readonly from: NamedAddress;
  readonly to: NamedAddress;
  /** Top Via: the transaction, and where responses go. */
  readonly branch: string;
  readonly via: string;
  /** Whether it describes media. */
  readonly hasMedia: boolean;
  /** Top Route, if there is one. */
  readonly route?: string;
}

/** The short forms of header names (RFC 3261, section 7.3.3). */
const LONG_NAMES: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  l: 'content-length',
  m: 'contact',
  c: 'content-type',
  r: 'refer-to',
};

/** @returns undefined for what is not SIP at all; missing headers of a SIP message are empty */
export function readHead(text: string): MessageHead | undefined {
  const end = text.indexOf('\r\n');
  const firstLine = end < 0 ? text : text.slice(0, end);
  const response = /^SIP\/2\.0 (\d{3})(?: (.*))?$/.exec(firstLine);
  const request = response ? null : /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(firstLine);
  if (!response && !request) return undefined;
  const header = topHeaders(text);
  const [, number = '0', method = ''] = /^(\d{1,10})\s+([A-Za-z]+)/.exec(header.get('cseq') ?? '') ?? [];
  const via = firstOf(header.get('via') ?? '');
  const route = header.get('route');
  return {
    kind: response ? 'response' : 'request',
    method: request?.[1] ?? method,
    uri: request?.[2] ?? '',
    statusCode: Number(response?.[1] ?? 0),
    reason: response?.[2] ?? '',
    callId: header.get('call-id') ?? '',
    cseq: Number(number),
    from: readNamedAddress(header.get('from') ?? ''),
    to: readNamedAddress(header.get('to') ?? ''),
    branch: /;\s*branch\s*=\s*([^;,\s]+)/i.exec(via)?.[1] ?? '',
    via,
    hasMedia: /^application\/sdp\b/i.test(header.get('content-type') ?? ''),
    ...(route === undefined ? {} : { route: readNamedAddress(firstOf(route)).uri }),
  };
}

/** The transaction a message belongs to; an ACK to a refusal belongs to its INVITE. */
export function transactionOf({ branch, method }: MessageHead): string {
  return `${branch} ${method === 'ACK' ? 'INVITE' : method}`;
}

/** Each header's first line, folded lines joined, by its long name in lower case. */
function topHeaders(text: string): Map<string, string> {
  const headers = new Map<string, string>();
  const end = text.indexOf('\r\n\r\n');
  const lines = (end < 0 ? text : text.slice(0, end)).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  for (const line of lines.slice(1)) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const written = line.slice(0, colon).trim().toLowerCase();
    const name = LONG_NAMES[written] ?? written;
    if (!headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

/** The first of several values in one line; commas inside quotes and brackets are no separators. */
function firstOf(value: string): string {
  let isQuoted = false;
  let isBracketed = false;
  for (let i = 0; i < value.length; i++) {
    const mark = value[i];
    if (mark === '"' && value[i - 1] !== '\\') isQuoted = !isQuoted;
    else if (!isQuoted && (mark === '<' || mark === '>')) isBracketed = mark === '<';
    else if (mark === ',' && !isQuoted && !isBracketed) return value.slice(0, i).trim();
  }
  return value;
}

/** Where a request is to go when there is no outbound server: its top Route, else its URI (RFC 3261, section 8.1.2). */
export function placeOfRequest({ uri, route }: MessageHead): Place | undefined {
  const address = readSipAddress(route ?? uri);
  return address && { host: address.parameters['maddr'] ?? address.host, port: address.port ?? SIP_PORT };
}

/** Where the responses to a request go: where it came from, as its top Via says (RFC 3261, 18.2.2, and RFC 3581). */
export function placeOfResponse({ via }: MessageHead): Place | undefined {
  const [, host, port] = /^SIP\s*\/\s*2\.0\s*\/\s*\w+\s+([^;:\s]+)(?::(\d+))?/i.exec(via) ?? [];
  if (host === undefined) return undefined;
  return {
    host: parameterOfVia(via, 'received') ?? host,
    port: Number(parameterOfVia(via, 'rport') ?? port ?? SIP_PORT),
  };
}

function parameterOfVia(via: string, name: string): string | undefined {
  return new RegExp(`;\\s*${name}\\s*=\\s*([^;,\\s]+)`, 'i').exec(via)?.[1];
}

/** The same request with a note in its top Via of where it came from, so that the responses find back. */
export function withOrigin(text: string, { host, port }: Place): string {
  return text.replace(/^((?:v|via)[ \t]*:[^,\r\n]*)/im, (via) => {
    const bare = via.replace(/;\s*(?:received|rport)(?:\s*=\s*[^;,\s]*)?(?=[;,\s]|$)/gi, '').trimEnd();
    return `${bare};received=${host};rport=${port}`;
  });
}
