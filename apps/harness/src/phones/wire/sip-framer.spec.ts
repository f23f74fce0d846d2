import { SipFramer, SipFramingError, type SipFrame } from './sip-framer';

const message = (body: string, header = 'Content-Length'): string =>
  `MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP c\r\n${header}: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

const FIRST = message('Привет,\r\n\r\nмир');
const SECOND = 'SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP c\r\nl:0\r\n\r\n';
const THIRD = message('', 'content-length ');
const STREAM = Buffer.from(`${FIRST}\r\n${SECOND}\r\n\r\n${THIRD}`);
const FRAMES: SipFrame[] = [
  { kind: 'message', text: FIRST },
  { kind: 'message', text: SECOND },
  { kind: 'ping' },
  { kind: 'message', text: THIRD },
];

function cut(chunks: readonly Buffer[]): SipFrame[] {
  const framer = new SipFramer();
  return chunks.flatMap((chunk) => framer.push(chunk));
}

it('messages, empty lines and pings are told apart', () => {
  expect(cut([STREAM])).toEqual(FRAMES);
});

it('a stream cut at any byte gives the same frames', () => {
  for (let at = 0; at <= STREAM.length; at++)
    expect(cut([STREAM.subarray(0, at), STREAM.subarray(at)])).toEqual(FRAMES);
});

it('a stream that comes byte by byte gives the same frames', () => {
  expect(cut([...STREAM].map((byte) => Buffer.of(byte)))).toEqual(FRAMES);
});

it('a message without Content-Length has no body', () => {
  const bare = 'OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP c\r\n\r\n';
  expect(cut([Buffer.from(bare + SECOND)]).map((frame) => frame.kind === 'message' && frame.text)).toEqual([
    bare,
    SECOND,
  ]);
});

it.each(['-1', '1e3', '99999999999', '0x10', ''])(
  'a Content-Length of "%s" ends the connection',
  (length) => {
    const text = `MESSAGE sip:a@b SIP/2.0\r\nContent-Length: ${length}\r\n\r\n`;
    expect(() => cut([Buffer.from(text)])).toThrow(SipFramingError);
  },
);

it('a head without an end is not kept for ever', () => {
  expect(() => cut(Array.from({ length: 80 }, () => Buffer.alloc(1024, 'x')))).toThrow(
    /a head without an end/,
  );
});
