import fc from 'fast-check';
import { SdpError, type Direction } from './description';
import { agree, answeringDirection } from './negotiate';
import { readDescription } from './read-description';
import { writeAnswer, writeOffer, type LocalAudio } from './write-description';

const local: LocalAudio = {
  address: '127.0.0.1',
  port: 4000,
  codecs: ['PCMU', 'PCMA'],
  sessionId: 7,
  version: 1,
};

/** What FreeSWITCH 1.11 offers. */
const FREESWITCH = `v=0
o=FreeSWITCH 1795809701 1795809702 IN IP4 192.0.2.5
s=FreeSWITCH
c=IN IP4 192.0.2.5
t=0 0
m=audio 27718 RTP/AVP 102 8 0 103
a=rtpmap:102 opus/48000/2
a=rtpmap:8 PCMA/8000
a=rtpmap:103 telephone-event/8000
a=fmtp:103 0-15
a=ptime:20
a=sendrecv
`.replace(/\n/g, '\r\n');

const offer = (...lines: string[]): string =>
  ['v=0', 'o=- 1 1 IN IP4 h', 's=-', 't=0 0', ...lines, ''].join('\r\n');
const C = 'c=IN IP4 192.0.2.5';

it('our own offer is understood as it was meant', () => {
  const text = writeOffer(local, 'sendrecv');
  expect(text).toContain('m=audio 4000 RTP/AVP 0 8 101\r\n');
  expect(readDescription(text)).toMatchObject({
    address: '127.0.0.1',
    port: 4000,
    codecs: [
      { name: 'PCMU', payloadType: 0 },
      { name: 'PCMA', payloadType: 8 },
    ],
    digitsType: 101,
    direction: 'sendrecv',
  });
});

it('an offer is answered in its own numbers and order', () => {
  const theirs = readDescription(FREESWITCH);
  expect(agree(theirs, local.codecs)).toEqual({
    address: '192.0.2.5',
    port: 27718,
    codec: 'PCMA',
    payloadType: 8,
    digitsType: 103,
    maySend: true,
    mayReceive: true,
  });
  const answer = writeAnswer(local, 'sendrecv', theirs);
  expect(answer).toContain('m=audio 4000 RTP/AVP 8 0 103\r\n');
  expect(answer).toContain('a=rtpmap:103 telephone-event/8000\r\n');
});

it('media that we have not is refused line by line', () => {
  const theirs = readDescription(
    offer(
      C,
      'm=video 5000 RTP/AVP 96',
      'm=audio 6000 RTP/SAVP 0',
      'm=audio 7000 RTP/AVP 0',
      'm=image 8000 udptl t38',
    ),
  );
  expect([theirs.port, theirs.line]).toEqual([7000, 2]);
  expect(writeAnswer(local, 'sendrecv', theirs).match(/^m=.*$/gm)).toEqual([
    'm=video 0 RTP/AVP 96',
    'm=audio 0 RTP/SAVP 0',
    'm=audio 4000 RTP/AVP 0',
    'm=image 0 udptl t38',
  ]);
});

it('an address of the line goes before that of the session, and so does a direction', () => {
  const text = offer(C, 'a=sendonly', 'm=audio 7000 RTP/AVP 0', 'c=IN IP4 192.0.2.9', 'a=recvonly');
  expect(readDescription(text)).toMatchObject({ address: '192.0.2.9', direction: 'recvonly' });
  expect(readDescription(offer(C, 'a=sendonly', 'm=audio 7000 RTP/AVP 0')).direction).toBe('sendonly');
});

it('the old way to hold, the address 0.0.0.0, is hold', () => {
  expect(readDescription(offer('c=IN IP4 0.0.0.0', 'm=audio 7000 RTP/AVP 0')).direction).toBe('inactive');
});

it.each<[Direction, boolean, Direction]>([
  ['sendrecv', false, 'sendrecv'],
  ['sendrecv', true, 'sendonly'],
  ['sendonly', false, 'recvonly'],
  ['sendonly', true, 'inactive'],
  ['recvonly', true, 'sendonly'],
  ['inactive', false, 'inactive'],
])('%s, answered while holding = %s, is %s', (offered, isHolding, answer) =>
  expect(answeringDirection(offered, isHolding)).toBe(answer),
);

describe('impossible ones', () => {
  it.each([
    ['nothing', '', 'it has no media at all'],
    ['encrypted media only', offer(C, 'm=audio 9 UDP/TLS/RTP/SAVPF 0'), 'audio 9 UDP/TLS/RTP/SAVPF 0'],
    [
      'no codec of ours',
      offer(C, 'm=audio 7000 RTP/AVP 96', 'a=rtpmap:96 opus/48000/2'),
      'no audio over RTP/AVP',
    ],
    ['a G.711 of another speed', offer(C, 'm=audio 7000 RTP/AVP 96', 'a=rtpmap:96 PCMU/16000'), 'no audio'],
    ['no address', offer('m=audio 7000 RTP/AVP 0'), 'no address'],
    ['a refused line', offer(C, 'm=audio 0 RTP/AVP 0'), 'no audio'],
    ['a port beyond all', offer(C, 'm=audio 700000 RTP/AVP 0'), 'no audio'],
    ['an address that is code', offer('c=IN IP4 $(reboot)', 'm=audio 7000 RTP/AVP 0'), 'no address'],
    ['a flood', offer(C, 'm=audio 7000 RTP/AVP 0', 'a=x'.repeat(40_000)), 'characters'],
  ])('%s', (_, text, reason) => {
    expect(() => readDescription(text)).toThrow(SdpError);
    expect(() => readDescription(text)).toThrow(reason);
  });

  it('any text is read or refused, never anything else', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        C,
        'm=audio',
        'm=audio 1 RTP/AVP 0',
        'm=audio x y z',
        'a=rtpmap:0',
        'a=rtpmap:0 PCMU',
        'a=fmtp:',
        'c=',
        'a=sendonly',
        '__proto__=x',
        'a=__proto__:1',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        try {
          agree(readDescription(lines.join('\r\n')), local.codecs);
        } catch (error) {
          expect(error).toBeInstanceOf(SdpError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
