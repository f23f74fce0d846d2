import { at, clientLeg, endedCall, mergedCall, ringingCall } from '../testing/some-call';
import { callRow } from './call-row';

describe('the row of a call', () => {
  it('says who called whom, and nothing of the end before it', () => {
    expect(callRow(ringingCall('c1'))).toMatchObject({
      call_id: 'c1',
      started_at: '2026-11-20T10:00:00.000Z',
      direction: 'inbound',
      external_number: '+79161234567',
      did: '+74950000001',
    });
    expect(callRow(ringingCall('c1'))).not.toHaveProperty('ended_at');
    expect(callRow(ringingCall('c1'))).not.toHaveProperty('outcome');
  });

  it('says the outcome and the talk at the end', () => {
    expect(callRow(endedCall('c1'))).toMatchObject({
      ended_at: '2026-11-20T10:01:10.000Z',
      outcome: 'answered',
      talk_seconds: 60,
    });
  });

  it('is a missed call when the client hung up before anybody answered', () => {
    const ended = { moment: at(12), hangupCause: 'ORIGINATOR_CANCEL', transferredAway: false, lost: false };
    const legs = ringingCall('c1').legs.map((leg) => ({ ...leg, ended }));
    expect(callRow(ringingCall('c1', { legs }))).toMatchObject({ outcome: 'missed', talk_seconds: 0 });
  });

  it('counts no talk twice: a part of another call has none', () => {
    const part = { ...endedCall('young'), mergedInto: { callId: 'old', moment: at(20) } };
    expect(callRow(part)).toMatchObject({ merged_into: 'old', outcome: undefined, talk_seconds: 0 });
  });

  it('ends a part of another call when the two met, though its phones still ring', () => {
    expect(callRow(mergedCall('young', 'old')).ended_at).toBe('2026-11-20T10:00:20.000Z');
  });

  it('never ends before it starts', () => {
    const ended = { moment: at(-60), transferredAway: false, lost: true };
    expect(callRow(ringingCall('c1', { legs: [clientLeg('c1-a', { ended })] })).ended_at).toBe(
      '2026-11-20T10:00:00.000Z',
    );
  });

  it('takes no time that is none', () => {
    expect(() => callRow(ringingCall('c1', { started: { at: Number.NaN, seq: 0 } }))).toThrow(RangeError);
  });
});
