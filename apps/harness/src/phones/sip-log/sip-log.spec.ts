import { readHead } from '../wire/message-head';
import { describeMessage, SipLog, type SipLogEntry } from './sip-log';

const INVITE =
  'INVITE sip:1002@h SIP/2.0\r\nVia: SIP/2.0/TCP a;branch=z1\r\nFrom: <sip:1001@h>;tag=1\r\nTo: <sip:1002@h>\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n\r\n';
const BUSY = INVITE.replace(/^.*/, 'SIP/2.0 486 Busy Here');

const entry = (text: string, over: Partial<SipLogEntry> = {}): Omit<SipLogEntry, 'at'> => ({
  owner: '1001',
  direction: 'sent',
  transport: 'TCP',
  local: { host: '127.0.0.1', port: 5071 },
  remote: { host: '127.0.0.1', port: 5060 },
  isRepeat: false,
  text,
  head: readHead(text),
  ...over,
});

it('keeps all messages in order, and tells who listens', () => {
  const log = new SipLog();
  const seen: SipLogEntry[] = [];
  const stop = log.listen((one) => seen.push(one));
  log.record(entry(INVITE));
  stop();
  log.record(entry(BUSY, { direction: 'received' }));
  expect(log.entries.map(describeMessage)).toEqual(['INVITE 1001 -> 1002', '486 Busy Here (INVITE)']);
  expect(seen).toEqual([log.entries[0]]);
  expect(log.entries[1]!.at).toBeGreaterThanOrEqual(log.entries[0]!.at);
});

it('what was no SIP is shown as it came', () => {
  expect(describeMessage(entry('\u0000garbage'))).toBe('no SIP: "\\u0000garbage"');
});

it('becomes a text with the way and time of each message', () => {
  const log = new SipLog();
  log.record(entry(INVITE, { isRepeat: true }));
  expect(log.toText()).toMatch(
    /^--- \d{4}-\d\d-\d\dT[\d:.]+Z 1001 TCP 127\.0\.0\.1:5071 -> 127\.0\.0\.1:5060 \(repeat\)\nINVITE sip:1002@h SIP\/2\.0\nVia: /,
  );
});
