import { describeEnd, readReasons } from './call-end';
import { after, NEW_CALL, type CallState } from './call-state';
import { readInfoDigit } from './info-digits';
import { describeEvent, type CallFact } from './phone-event';
import { readTransferProgress } from './refer';

const progress = (statusCode: number, hasMedia = false): CallFact => ({
  kind: 'progress',
  by: 'them',
  statusCode,
  reason: 'x',
  hasMedia,
});
const told = (...facts: CallFact[]): CallState => facts.reduce(after, NEW_CALL);

describe('the state of a call', () => {
  it('a caller hears of the ringing, not of the 100 before it', () => {
    expect(told(progress(100)).status).toBe('trying');
    expect(told(progress(100), progress(180))).toMatchObject({ status: 'ringing', hasEarlyMedia: false });
    expect(told(progress(180), progress(183, true), progress(180)).hasEarlyMedia).toBe(true);
  });

  it('a ringing that comes after the answer changes nothing', () => {
    expect(told({ kind: 'answered', by: 'them' }, progress(180)).status).toBe('talking');
  });

  it('each side holds for itself', () => {
    const held = told(
      { kind: 'answered', by: 'us' },
      { kind: 'held', by: 'us' },
      { kind: 'held', by: 'them' },
    );
    expect(held).toMatchObject({ isHeldByUs: true, isHeldByThem: true });
    expect(after(held, { kind: 'resumed', by: 'us' })).toMatchObject({
      isHeldByUs: false,
      isHeldByThem: true,
    });
  });

  it('a second transfer does not end with the answer to the first', () => {
    const first = told({ kind: 'transfer-progress', statusCode: 486, reason: '' });
    expect(after(first, { kind: 'transfer-sent', to: '3' }).transferStatus).toBeUndefined();
  });
});

describe('why a call ended', () => {
  it('is read from Reason headers', () => {
    expect(readReasons(['Q.850;cause=16;text="NORMAL_CLEARING"'])).toEqual({
      q850: 16,
      reason: 'NORMAL_CLEARING',
    });
    expect(readReasons(['SIP;cause=200;text="Call completed elsewhere"'])).toMatchObject({
      isElsewhere: true,
    });
    expect(readReasons(['SIP;cause=603', 'Q.850;cause=21'])).toEqual({ q850: 21 });
    expect(readReasons([])).toEqual({});
    expect(readReasons(['Q.850;cause=";;,,='])).toEqual({});
  });

  it('is told in a sentence', () => {
    expect(describeEnd({ how: 'refused', by: 'them', statusCode: 486, reason: 'Busy Here' })).toBe(
      'refused by them with 486 (Busy Here)',
    );
    expect(describeEnd({ how: 'failed', by: 'nobody', reason: 'no response at all' })).toBe(
      'failed (no response at all)',
    );
    expect(
      describeEvent({ at: 0, phone: '1001', call: '1001#1', kind: 'dtmf', digit: '5', via: 'rtp' }),
    ).toBe('1001#1 got the digit 5 by rtp');
  });
});

describe('digits in INFO requests', () => {
  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n', '5'],
    ['Application/DTMF-Relay; charset=x', ' signal = # \r\n', '#'],
    ['application/dtmf', '*', '*'],
    ['application/dtmf-relay', 'Signal=11', '#'],
    ['application/dtmf-relay', 'Signal=16', undefined],
    ['application/dtmf-relay', 'Duration=5', undefined],
    ['application/dtmf', 'x', undefined],
    ['text/plain', '5', undefined],
  ])('%s: %j', (type, body, digit) => expect(readInfoDigit(type, body)).toBe(digit));
});

it('the progress of a transfer is the first line of a response', () => {
  expect(readTransferProgress('SIP/2.0 180 Ringing\r\nVia: x')).toEqual({
    statusCode: 180,
    reason: 'Ringing',
  });
  expect(readTransferProgress('SIP/2.0 200')).toEqual({ statusCode: 200, reason: '' });
  expect(readTransferProgress('nonsense')).toBeUndefined();
});
