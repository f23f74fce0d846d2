import { sipLog, withoutDigests } from './sip-log';
import { answeredCall } from './testing/answered-call';

describe('the SIP log', () => {
  const log = sipLog(answeredCall());

  it('has every message with its time and its way', () => {
    expect(log.match(/^--- .*$/gm)?.slice(4, 6)).toEqual([
      '--- 2026-08-01T10:00:00.014Z UDP trunk 127.0.0.1:5080 -> switch 127.0.0.1:5060',
      '--- 2026-08-01T10:00:00.017Z UDP switch 127.0.0.1:5060 -> trunk 127.0.0.1:5080',
    ]);
    expect(log.match(/^--- /gm)).toHaveLength(answeredCall().messages.length);
  });

  it('gives no digest away', () => {
    expect(
      answeredCall().messages.some(({ text }) => text.includes('6629fae49393a05397450978507c4ef1')),
    ).toBe(true);
    expect(log).not.toContain('6629fae49393a05397450978507c4ef1');
    expect(log).toContain('username="1001"');
    expect(log).toContain('response="[hidden]"');
  });

  it.each([
    ['Proxy-Authorization: Digest cnonce="0a4f", response=abc', 'cnonce="[hidden]", response="[hidden]"'],
    ['authorization:Digest RESPONSE = "abc"', 'RESPONSE = "[hidden]"'],
    ['Authorization: Basic dXNlcjpwYXNz', 'Basic [hidden]'],
    ['WWW-Authenticate: Digest nonce="b1c3"', 'nonce="b1c3"'],
  ])('masks %s', (line, expected) => {
    expect(withoutDigests(`INVITE x\r\n${line}\r\nTo: y`)).toContain(expected);
  });
});
