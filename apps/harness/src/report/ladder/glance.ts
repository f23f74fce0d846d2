import { visibleText } from '../text/visible-text';
import type { SipMessageRecord } from '../evidence';

/** What an engineer sees of a SIP message at a glance. */
export interface Glance {
  readonly kind: 'request' | 'progress' | 'success' | 'refusal' | 'no-sip';
  /** Of the request, also in a response. */
  readonly method: string;
  /** "INVITE 1001 (SDP)", "180 Ringing". */
  readonly label: string;
}

const HOLDING = /^a=(?:sendonly|inactive)\s*$/m;
const SDP = /^content-type\s*:\s*application\/sdp/im;
const REASON = /^reason\s*:.*?(?:cause\s*=\s*(\d{1,3}))/im;
const REFER_TO = /^(?:refer-to|r)\s*:\s*(.*)$/im;
const MOVED_TO = /^(?:contact|m)\s*:\s*(.*)$/im;
const USER = /sips?:([^@;>\s]{1,64})@/i;

/** Never throws: what a phone sends need not be SIP. */
export function glanceAt(
  message: Pick<SipMessageRecord, 'startLine' | 'cseq' | 'text' | 'isRepeat'>,
): Glance {
  const repeat = message.isRepeat ? ' (repeat)' : '';
  const { label, ...glance } = lookAt(message);
  return { ...glance, label: visibleText(`${label}${repeat}`) };
}

function lookAt({ startLine, cseq, text }: Pick<SipMessageRecord, 'startLine' | 'cseq' | 'text'>): Glance {
  const response = /^SIP\/2\.0 (\d{3})(?: (.*))?$/.exec(startLine);
  if (response) return responseGlance(Number(response[1]), response[2] ?? '', cseq, text);
  const request = /^([A-Z]{1,20}) (\S+) SIP\/2\.0$/.exec(startLine);
  if (!request) return { kind: 'no-sip', method: '', label: `no SIP: ${startLine}` };
  const [, method = '', uri = ''] = request;
  return { kind: 'request', method, label: [method, ...requestDetails(method, uri, text)].join(' ') };
}

function responseGlance(statusCode: number, reason: string, cseq: string, text: string): Glance {
  const method = /[A-Z]+$/.exec(cseq)?.[0] ?? '';
  const kind = statusCode < 200 ? 'progress' : statusCode < 300 ? 'success' : 'refusal';
  const target = statusCode >= 300 && statusCode < 400 ? userOf(MOVED_TO.exec(text)?.[1]) : undefined;
  const details = [
    ...(target === undefined ? [] : [`to ${target}`]),
    // INVITE is what everybody looks for; the others need to say whose answer they are.
    ...(method === 'INVITE' || method === '' ? [] : [`(${method})`]),
    ...sdpDetail(text),
  ];
  return { kind, method, label: [String(statusCode), reason, ...details].filter(Boolean).join(' ') };
}

function requestDetails(method: string, uri: string, text: string): string[] {
  if (method === 'REFER') return [`to ${userOf(REFER_TO.exec(text)?.[1]) ?? '?'}`];
  const reason = REASON.exec(text)?.[1];
  if (reason !== undefined) return [`(cause ${reason})`];
  const user = method === 'INVITE' || method === 'REGISTER' ? userOf(uri) : undefined;
  return [...(user === undefined ? [] : [user]), ...sdpDetail(text)];
}

function sdpDetail(text: string): string[] {
  if (!SDP.test(text)) return [];
  return [HOLDING.test(text) ? '(hold)' : '(SDP)'];
}

function userOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : USER.exec(text)?.[1];
}
