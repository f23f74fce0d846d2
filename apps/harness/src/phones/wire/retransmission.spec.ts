import { readHead, type MessageHead } from './message-head';
import { Retransmission } from './retransmission';

/** Messages of one transaction, as far as repeats care. */
const message = (firstLine: string, method: string, branch = 'z9hG4bKa'): MessageHead =>
  readHead(`${firstLine}\r\nVia: SIP/2.0/UDP h;branch=${branch}\r\nCall-ID: 1\r\nCSeq: 1 ${method}\r\n\r\n`)!;
const request = (method: string, branch?: string): MessageHead =>
  message(`${method} sip:a@b SIP/2.0`, method, branch);
const response = (code: number, method: string): MessageHead => message(`SIP/2.0 ${code} x`, method);

let retransmission: Retransmission;
let sent: number[];
/** Counts how often a message went out again, and when: ms since the test began. */
const again = (): void => void sent.push(Math.round(performance.now()));

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  retransmission = new Retransmission({ t1: 500, t2: 4_000 });
  sent = [];
});
afterEach(() => {
  retransmission.close();
  jest.useRealTimers();
});

const gaps = (): number[] => sent.map((at, i) => at - (sent[i - 1] ?? 0));

describe('what we send', () => {
  it('an INVITE goes again after twice the time, each time, for 32 s', () => {
    retransmission.sent(request('INVITE'), again);
    jest.advanceTimersByTime(60_000);
    expect(gaps()).toEqual([500, 1000, 2000, 4000, 8000, 16_000]);
  });

  it('another request never waits longer than 4 s', () => {
    retransmission.sent(request('BYE'), again);
    jest.advanceTimersByTime(12_000);
    expect(gaps()).toEqual([500, 1000, 2000, 4000, 4000]);
  });

  it('an INVITE rests at the first sign of life, another request only at its end', () => {
    retransmission.sent(request('INVITE'), again);
    expect(retransmission.received(response(100, 'INVITE'))).toBe(true);
    jest.advanceTimersByTime(30_000);
    expect(sent).toEqual([]);
    retransmission.sent(request('REFER'), again);
    retransmission.received(response(100, 'REFER'));
    jest.advanceTimersByTime(1_500);
    expect(sent).toHaveLength(2);
    retransmission.received(response(202, 'REFER'));
    jest.advanceTimersByTime(30_000);
    expect(sent).toHaveLength(2);
  });

  it('a CANCEL is another request than the INVITE of the same branch', () => {
    retransmission.sent(request('CANCEL'), again);
    retransmission.received(response(180, 'INVITE'));
    jest.advanceTimersByTime(500);
    expect(sent).toHaveLength(1);
  });

  it('a refused INVITE is refused again until its ACK comes; one that is accepted SIP.js sees to', () => {
    retransmission.received(request('INVITE'));
    retransmission.sent(response(486, 'INVITE'), again);
    jest.advanceTimersByTime(1_500);
    expect(sent).toHaveLength(2);
    expect(retransmission.received(request('ACK'))).toBe(true);
    jest.advanceTimersByTime(30_000);
    expect(sent).toHaveLength(2);
    retransmission.sent(response(200, 'INVITE'), again);
    jest.advanceTimersByTime(30_000);
    expect(sent).toHaveLength(2);
  });

  it('nothing goes again after the end', () => {
    retransmission.sent(request('INVITE'), again);
    retransmission.close();
    jest.advanceTimersByTime(60_000);
    expect(sent).toEqual([]);
  });
});

describe('what others repeat', () => {
  it('a request that comes again gets the last response again, and goes no further', () => {
    expect(retransmission.received(request('INVITE'))).toBe(true);
    expect(retransmission.received(request('INVITE'))).toBe(false);
    expect(sent).toHaveLength(0);
    retransmission.sent(response(180, 'INVITE'), () => sent.push(180));
    retransmission.received(request('INVITE'));
    retransmission.sent(response(200, 'INVITE'), () => sent.push(200));
    retransmission.received(request('INVITE'));
    expect(sent).toEqual([180, 200]);
  });

  it('a refusal that comes again gets its ACK again, and goes no further', () => {
    retransmission.sent(request('INVITE'), () => undefined);
    expect(retransmission.received(response(486, 'INVITE'))).toBe(true);
    retransmission.sent(request('ACK'), again);
    expect(retransmission.received(response(486, 'INVITE'))).toBe(false);
    expect(sent).toHaveLength(1);
  });

  it('an acceptance that comes again is for SIP.js, which knows its ACK', () => {
    expect([1, 2].map(() => retransmission.received(response(200, 'INVITE')))).toEqual([true, true]);
  });

  it('an ACK goes through each time, and a request with another branch is another request', () => {
    expect(retransmission.received(request('ACK'))).toBe(true);
    expect(retransmission.received(request('BYE', 'z9hG4bK1'))).toBe(true);
    expect(retransmission.received(request('BYE', 'z9hG4bK2'))).toBe(true);
  });

  it('nothing is remembered for ever', () => {
    retransmission.received(request('BYE'));
    jest.advanceTimersByTime(65_000);
    retransmission.received(request('OPTIONS', 'z9hG4bKlater'));
    expect(retransmission.received(request('BYE'))).toBe(true);
  });
});
