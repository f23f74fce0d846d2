import { createHash } from 'node:crypto';

/** A SIP message as a phone sees it, cut with the simplest means: it shares no code with the switch. */
export interface SipText {
  /** "INVITE sip:... SIP/2.0" or "SIP/2.0 200 OK". */
  readonly start: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export function readSip(bytes: Buffer): SipText {
  const text = bytes.toString();
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [start = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return { start, headers, body: rest.join('\r\n\r\n') };
}

export function writeSip({ start, headers, body }: SipText): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [start, ...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}

/** The first header of that name; '' = there is none. */
export function header(message: SipText, name: string): string {
  return message.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1] ?? '';
}

/** Method of a request; '' for an answer. */
export function methodOf({ start }: SipText): string {
  return start.startsWith('SIP/2.0') ? '' : (start.split(' ')[0] ?? '');
}

/** Status of an answer; 0 for a request. */
export function statusOf({ start }: SipText): number {
  return start.startsWith('SIP/2.0') ? Number(start.split(' ')[1]) : 0;
}

export function tagIn(value: string): string {
  return /;tag=([^;>]+)/.exec(value)?.[1] ?? '';
}

export function uriIn(value: string): string {
  return /<([^>]+)>/.exec(value)?.[1] ?? value;
}

/** Answers a digest challenge (RFC 2617, qop=auth). */
export function digestAnswer(
  challenge: string,
  { user, password, method, uri }: { user: string; password: string; method: string; uri: string },
): string {
  const part = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const [realm, nonce] = [part('realm'), part('nonce')];
  const [cnonce, count] = ['0a4f113b', '00000001'];
  const proof = md5(
    [md5(`${user}:${realm}:${password}`), nonce, count, cnonce, 'auth', md5(`${method}:${uri}`)].join(':'),
  );
  return [
    `Digest username="${user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${proof}"`,
    'algorithm=MD5',
    `cnonce="${cnonce}"`,
    'qop=auth',
    `nc=${count}`,
  ].join(', ');
}
