import { createSocket, type Socket } from 'node:dgram';
import { connect } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { PhoneBox, talk } from '../testing/phones';
import { readSipAddress } from '../wire/address';
import type { Phone } from './phone';

/** Longer than the waits inside, whose messages say more. */
jest.setTimeout(20_000);

/** What strangers send to a phone must neither stop it nor the harness, and is told as an anomaly at most. */
const box = new PhoneBox();
let stranger: Socket;
let victim: Phone;
let friend: Phone;
const crashes: unknown[] = [];
const noteCrash = (reason: unknown): void => void crashes.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', noteCrash);
  victim = await box.direct('1002', 'udp');
  friend = await box.direct('1001', 'udp');
  stranger = createSocket('udp4');
  stranger.bind(0, '127.0.0.1');
  await once(stranger, 'listening');
});
afterAll(async () => {
  stranger.close();
  await box.close();
  process.off('unhandledRejection', noteCrash);
});

const portOf = (phone: Phone): number => readSipAddress(phone.contact)?.port ?? 0;

async function send(text: string): Promise<void> {
  await new Promise((resolve) => stranger.send(text, portOf(victim), '127.0.0.1', resolve));
}

let counter = 0;
/** An INVITE that is right but for what is replaced or added. */
function invite(change: { from?: string; to?: string; headers?: string[]; body?: string } = {}): string {
  counter += 1;
  const body = change.body ?? 'v=0\r\n';
  return [
    'INVITE sip:1002@127.0.0.1 SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKh${counter};rport`,
    `From: ${change.from ?? '<sip:x@y>;tag=1'}`,
    `To: ${change.to ?? '<sip:1002@127.0.0.1>'}`,
    `Call-ID: hostile-${counter}`,
    'CSeq: 1 INVITE',
    'Max-Forwards: 70',
    'Contact: <sip:x@127.0.0.1:9>',
    ...(change.headers ?? []),
    'Content-Type: application/sdp',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

/** The next response that is no 100. */
async function answer(): Promise<string> {
  for (;;) {
    const [bytes] = (await once(stranger, 'message')) as [Buffer];
    const line = bytes.toString().split('\r\n', 1)[0] ?? '';
    if (line !== 'SIP/2.0 100 Trying') return line;
  }
}

async function stillWorks(): Promise<void> {
  const out = friend.call(victim.contact);
  const into = await victim.untilCalled({ from: friend.number });
  await into.answer();
  await out.untilHears(victim.toneHz);
  await out.hangUp();
  expect(crashes).toEqual([]);
}

it('descriptions that nobody can take are refused with 488', async () => {
  const odd = [
    '',
    'v=0\r\nm=',
    'v=0\r\nc=IN IP4 $(x)\r\nm=audio 1 RTP/AVP 0',
    'm=audio 99999999 RTP/AVP 0\r\n',
    '\0',
  ];
  for (const body of odd.slice(1)) {
    const answered = answer();
    await send(invite({ body }));
    expect(await answered).toBe('SIP/2.0 488 Not Acceptable Here');
  }
  await stillWorks();
});

it('requests that make no sense get an answer or none', async () => {
  const nonsense = [
    '\0\0\0\0',
    'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
    'INVITE\r\n\r\n',
    'INVITE sip:1002@h SIP/2.0\r\n\r\n',
    'SIP/2.0 200 OK\r\n\r\n',
    'SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1\r\nCSeq: nonsense\r\n\r\n',
    invite({ from: '<sip:%D0%@y>;tag=1' }),
    invite({ from: '"' }),
    invite({ to: '<sip:1002@127.0.0.1>;tag=not-a-dialog' }),
    invite({ headers: ['Replaces: nothing'] }),
    invite({ headers: ['Replaces: a@b;to-tag=1;from-tag=2;early-only'] }),
    invite({ headers: ['Via: broken', `X: ${'y'.repeat(30_000)}`] }),
    invite({ headers: ['Contact: <<<>>>', 'Record-Route: ;;;'] }),
    ...[
      'ACK',
      'BYE',
      'CANCEL',
      'INFO',
      'NOTIFY',
      'REFER',
      'PRACK',
      'UPDATE',
      'SUBSCRIBE',
      'PUBLISH',
      'X',
    ].map((method) => invite().replaceAll('INVITE', method)),
  ];
  for (const text of nonsense) await send(text);
  await stillWorks();
});

it('a request that is cut or changed anywhere does no harm', async () => {
  const whole = invite({ body: 'v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 0\r\n' });
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), fc.string({ maxLength: 4 }), fc.nat(8), async (at, put, gone) => {
      counter += 1;
      const fresh = whole.replace(/(branch=z9hG4bKh|hostile-)\d+/g, `$1f${counter}`);
      await send(fresh.slice(0, at) + put + fresh.slice(at + gone));
    }),
    { numRuns: 60 },
  );
  for (const call of victim.openCalls) await call.decline(486).catch(() => undefined);
  await stillWorks();
});

it('a connection that sends nonsense is closed, the others stay', async () => {
  const phone = await box.direct('1003', 'tcp');
  const socket = connect(portOf(phone), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write('INVITE sip:1003@h SIP/2.0\r\nContent-Length: -5\r\n\r\n');
  await once(socket, 'close');
  expect(phone.events.map((event) => (event.kind === 'anomaly' ? event.detail : event.kind))).toEqual([
    'connected',
    expect.stringMatching(/TCP with 127\.0\.0\.1:\d+ closed: SipFramingError: a Content-Length of "-5"/),
  ]);
  const caller = await box.direct('1004', 'tcp');
  await talk(caller, phone, phone.contact);
});

it('strange packets in the sound are not heard', async () => {
  const out = friend.call(victim.contact);
  const into = await victim.untilCalled({ from: friend.number });
  await into.answer();
  await out.untilHears(victim.toneHz);
  const port = /m=audio (\d+)/.exec(
    box.lab.sipLog.entries.findLast(
      ({ owner, head }) => owner === '1001' && head?.kind === 'request' && head.method === 'INVITE',
    )?.text ?? '',
  )?.[1];
  for (const bytes of [Buffer.alloc(0), Buffer.from([0x80]), Buffer.alloc(172, 0x80), Buffer.alloc(2000)])
    stranger.send(bytes, Number(port), '127.0.0.1');
  await into.dial('1');
  await out.untilDigits('1');
  expect(out.audio.strays).toBe(1);
  await out.untilHears(victim.toneHz);
  expect(out.audio.heard.map(({ hz }) => hz)).toEqual(out.audio.heard.map(() => victim.toneHz));
  await into.hangUp();
  expect(crashes).toEqual([]);
});
