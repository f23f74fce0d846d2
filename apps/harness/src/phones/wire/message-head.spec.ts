import fc from 'fast-check';
import { readNamedAddress, readSipAddress } from './address';
import { placeOfRequest, placeOfResponse, readHead, withOrigin } from './message-head';

const INVITE = [
  'INVITE sip:1002@example.org;transport=tcp SIP/2.0',
  'Via: SIP/2.0/TCP 10.0.0.1:5071;branch=z9hG4bK77;rport',
  'Via: SIP/2.0/UDP 10.0.0.9;branch=z9hG4bK1',
  'From: "Анна \\"A\\"" <sip:+7495@example.org>;tag=t1',
  'To: sip:1002@example.org;user=phone',
  'Call-ID: abc@x',
  'CSeq: 7 INVITE',
  'Content-Type: application/sdp',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');

it('reads a request', () => {
  expect(readHead(INVITE)).toMatchObject({
    kind: 'request',
    method: 'INVITE',
    uri: 'sip:1002@example.org;transport=tcp',
    callId: 'abc@x',
    cseq: 7,
    branch: 'z9hG4bK77',
    hasMedia: true,
    from: { name: 'Анна "A"', address: { user: '+7495', host: 'example.org' }, tag: 't1' },
    to: { name: '', address: { user: '1002', host: 'example.org' } },
  });
});

it('reads a response with short and folded headers', () => {
  const text =
    'SIP/2.0 486 Busy Here\r\nv: SIP/2.0/UDP h\r\n ;branch=z9hG4bKx\r\nf: <sip:a@b>;tag=1\r\nt: <sip:c@d>;tag=2\r\ni: 9\r\nCSeq: 3 INVITE\r\n\r\n';
  expect(readHead(text)).toMatchObject({
    kind: 'response',
    statusCode: 486,
    reason: 'Busy Here',
    method: 'INVITE',
    branch: 'z9hG4bKx',
    callId: '9',
    to: { tag: '2' },
  });
});

it('what is no SIP is nothing', () => {
  for (const text of ['', 'GET / HTTP/1.1\r\n\r\n', '\0\0\0', 'SIP/2.0 20 x\r\n\r\n'])
    expect(readHead(text)).toBeUndefined();
});

it('never fails, whatever comes', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('Via: ', 'From: "', 'To: <sip:@>;tag=', 'CSeq: x', 'v: SIP/2.0/UDP'),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = ['INVITE sip:a@b SIP/2.0', ...lines, '', ''].join('\r\n');
      const head = readHead(text);
      expect(head?.method).toBe('INVITE');
      if (head) expect(() => [placeOfRequest(head), placeOfResponse(head)]).not.toThrow();
      expect(withOrigin(text, { host: '1.2.3.4', port: 5 }).length).toBeGreaterThanOrEqual(0);
    }),
  );
});

describe('the way of a message', () => {
  const head = (text: string) => readHead(text)!;

  it('a request goes to its Route, else to its address, at 5060 if nothing else is said', () => {
    expect(placeOfRequest(head(INVITE))).toEqual({ host: 'example.org', port: 5060 });
    const routed = INVITE.replace('Call-ID', 'Route: <sip:proxy.example:5099;lr>, <sip:other>\r\nCall-ID');
    expect(placeOfRequest(head(routed))).toEqual({ host: 'proxy.example', port: 5099 });
  });

  it('a response goes back to where the request came from, whatever that called itself', () => {
    const response = head(withOrigin(INVITE, { host: '192.0.2.7', port: 40_001 }));
    expect(placeOfResponse(response)).toEqual({ host: '192.0.2.7', port: 40_001 });
    expect(withOrigin(INVITE, { host: '192.0.2.7', port: 1 })).toContain(
      'Via: SIP/2.0/TCP 10.0.0.1:5071;branch=z9hG4bK77;received=192.0.2.7;rport=1\r\nVia: SIP/2.0/UDP 10.0.0.9',
    );
  });

  it('a response to somebody who is not known goes where the Via says', () => {
    expect(placeOfResponse(head(INVITE))).toEqual({ host: '10.0.0.1', port: 5071 });
  });
});

describe('addresses', () => {
  it.each([
    ['sip:1001@h', { user: '1001', host: 'h' }],
    ['sip:h:5080', { user: '', host: 'h', port: 5080 }],
    [
      'SIPS:a%20b:pw@h;X=1;lr?Replaces=z@y',
      { scheme: 'sips', user: 'a b', host: 'h', parameters: { x: '1', lr: '' } },
    ],
    ['sip:100%D0@h', { user: '100%D0', host: 'h' }],
    ['sip:u@[2001:db8::1]:5060', { host: '[2001:db8::1]', port: 5060 }],
  ])('%s', (text, expected) => expect(readSipAddress(text)).toMatchObject(expected));

  it.each(['tel:+7495', 'sip:', 'sip:@', 'nonsense'])('%s is none', (text) =>
    expect(readSipAddress(text)).toBeUndefined(),
  );

  it.each([
    ['Anna Smith <sip:1@h>;tag=9', { name: 'Anna Smith', tag: '9' }],
    ['"a;tag=1 <x>" <sip:1@h>', { name: 'a;tag=1 <x>', uri: 'sip:1@h' }],
    ['sip:1@h;tag=5', { name: '', uri: 'sip:1@h', tag: '5' }],
    ['"never closed', { name: 'never closed' }],
  ])('%s', (text, expected) => expect(readNamedAddress(text)).toMatchObject(expected));
});
