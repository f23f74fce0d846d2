import { SipTape, type Said } from '../testing/sip-tape';
import { glanceAt } from './glance';

function glance(startLine: string, said: Partial<Said> = {}) {
  const [message] = new SipTape().say(0, 'anna', 'switch', startLine, {
    callId: 'c1',
    cseq: '1 INVITE',
    ...said,
  }).messages;
  return glanceAt(message!);
}

describe('a SIP message at a glance', () => {
  it.each<[string, Partial<Said>, string, string]>([
    ['INVITE sip:1001@127.0.0.1 SIP/2.0', { sdp: 'sendrecv' }, 'request', 'INVITE 1001 (SDP)'],
    ['INVITE sip:1001@127.0.0.1 SIP/2.0', { sdp: 'sendonly' }, 'request', 'INVITE 1001 (hold)'],
    ['INVITE sip:1001@127.0.0.1 SIP/2.0', { isRepeat: true }, 'request', 'INVITE 1001 (repeat)'],
    ['ACK sip:1001@127.0.0.1 SIP/2.0', { cseq: '1 ACK' }, 'request', 'ACK'],
    ['SIP/2.0 180 Ringing', {}, 'progress', '180 Ringing'],
    ['SIP/2.0 183 Session Progress', { sdp: 'sendrecv' }, 'progress', '183 Session Progress (SDP)'],
    ['SIP/2.0 200 OK', { sdp: 'recvonly' }, 'success', '200 OK (SDP)'],
    ['SIP/2.0 200 OK', { cseq: '2 BYE' }, 'success', '200 OK (BYE)'],
    ['SIP/2.0 486 Busy Here', {}, 'refusal', '486 Busy Here'],
    ['SIP/2.0 503', {}, 'refusal', '503'],
    ['GET / HTTP/1.1', {}, 'no-sip', 'no SIP: GET / HTTP/1.1'],
    ['', {}, 'no-sip', 'no SIP: '],
  ])('%s %j', (startLine, said, kind, label) => {
    expect(glance(startLine, said)).toMatchObject({ kind, label });
  });

  it('tells where a call is sent, and why one ends', () => {
    const referTo = ['Refer-To: <sip:1003@127.0.0.1>'];
    const contact = ['Contact: "Vera" <sip:1003@10.0.0.1:5060>'];
    const reason = ['Reason: Q.850;cause=16;text="NORMAL_CLEARING"'];
    expect(glance('REFER sip:x@127.0.0.1 SIP/2.0', { cseq: '3 REFER', headers: referTo }).label).toBe(
      'REFER to 1003',
    );
    expect(glance('SIP/2.0 302 Moved Temporarily', { headers: contact }).label).toBe(
      '302 Moved Temporarily to 1003',
    );
    expect(glance('BYE sip:x@127.0.0.1 SIP/2.0', { cseq: '4 BYE', headers: reason }).label).toBe(
      'BYE (cause 16)',
    );
  });
});
