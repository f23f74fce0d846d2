import type { SipMessageRecord } from '../evidence';

/** What to say about a message beyond its start line. */
export interface Said {
  readonly callId: string;
  readonly cseq: string;
  /** Direction of the media in an SDP body; missing: no body. */
  readonly sdp?: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  readonly headers?: readonly string[];
  readonly isRepeat?: boolean;
}

const ADDRESSES: Readonly<Record<string, string>> = {
  switch: '127.0.0.1:5060',
  trunk: '127.0.0.1:5080',
  anna: '127.0.0.1:41001',
  boris: '127.0.0.1:41002',
  vera: '127.0.0.1:41003',
};

/** Writes SIP messages as phones, a trunk and a switch would have, for sample records. */
export class SipTape {
  readonly messages: SipMessageRecord[] = [];

  say(atMs: number, from: string, to: string, startLine: string, said: Said): this {
    const { callId, cseq, isRepeat } = said;
    const text = textOf(from, to, startLine, said);
    const addresses = { fromAddress: ADDRESSES[from], toAddress: ADDRESSES[to] };
    const repeat = isRepeat ? { isRepeat } : {};
    const transport = from === 'trunk' || to === 'trunk' ? 'UDP' : 'TCP';
    this.messages.push({
      atMs,
      from,
      to,
      transport,
      startLine,
      cseq,
      callId,
      ...repeat,
      ...addresses,
      text,
    });
    return this;
  }

  /** A REGISTER with its challenge and both answers. */
  registers(atMs: number, phone: string, extension: string): this {
    const said = { callId: `reg-${phone}`, cseq: '1 REGISTER' };
    const uri = 'REGISTER sip:127.0.0.1 SIP/2.0';
    const digest = `Authorization: Digest username="${extension}", realm="127.0.0.1", nonce="b1c3", uri="sip:127.0.0.1", response="6629fae49393a05397450978507c4ef1"`;
    this.say(atMs, phone, 'switch', uri, said);
    this.say(atMs + 3, 'switch', phone, 'SIP/2.0 401 Unauthorized', said);
    this.say(atMs + 5, phone, 'switch', uri, { ...said, cseq: '2 REGISTER', headers: [digest] });
    return this.say(atMs + 9, 'switch', phone, 'SIP/2.0 200 OK', { ...said, cseq: '2 REGISTER' });
  }
}

function textOf(
  from: string,
  to: string,
  startLine: string,
  { callId, cseq, sdp, headers = [] }: Said,
): string {
  const body = sdp === undefined ? '' : sdpOf(from, sdp);
  const lines = [
    startLine,
    `Via: SIP/2.0/${from === 'trunk' || to === 'trunk' ? 'UDP' : 'TCP'} ${ADDRESSES[from] ?? '127.0.0.1'};branch=z9hG4bK${callId.slice(-6)}${cseq.replace(' ', '')};rport`,
    'Max-Forwards: 70',
    `From: <sip:${from}@127.0.0.1>;tag=${from}7f3a`,
    `To: <sip:${to}@127.0.0.1>`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq}`,
    ...headers,
    'User-Agent: harness',
    ...(sdp === undefined ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${body.length}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

function sdpOf(from: string, direction: string): string {
  const port = (ADDRESSES[from] ?? '').replace(/.*:/, '').padStart(5, '2');
  return [
    'v=0',
    'o=- 20518 0 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP 0 8 101`,
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:101 telephone-event/8000',
    `a=${direction}`,
    '',
  ].join('\r\n');
}
