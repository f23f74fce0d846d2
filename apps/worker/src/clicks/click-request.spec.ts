import { askedAt } from './click-request';

const NO_SKEW = { queueMs: 0, portalMs: 0 };
const CALL_ID = 'externalCall.6ce2cb0e6a0db3ab.1795860000';
const CLICKED = 1_795_860_000_000;

describe('a click was made', () => {
  it.each([
    ['when it came, if nothing else tells', { receivedAt: CLICKED }, null, CLICKED],
    [
      'when the queue sent it',
      { receivedAt: CLICKED + 9_000, ts: CLICKED / 1000 + 2 },
      null,
      CLICKED + 2_000,
    ],
    [
      'when its call was registered, however long the queue has kept it',
      { receivedAt: CLICKED + 60_500, ts: CLICKED / 1000 + 60 },
      CALL_ID,
      CLICKED,
    ],
    ['never after it came', { receivedAt: CLICKED - 5_000, ts: CLICKED / 1000 }, CALL_ID, CLICKED - 5_000],
    ['when it came, if its CALL_ID tells no time', { receivedAt: CLICKED }, 'externalCall.1', CLICKED],
  ])('%s', (_when, event, callId, expected) => {
    expect(askedAt(event, NO_SKEW, callId)).toBe(expected);
  });

  it('by our clock: each of the portal’s has its own error', () => {
    const event = { receivedAt: CLICKED + 30_000, ts: CLICKED / 1000 + 20 };
    expect(askedAt(event, { queueMs: 3_000, portalMs: 0 })).toBe(CLICKED + 23_000);
    expect(askedAt(event, { queueMs: 3_000, portalMs: 21_000 }, CALL_ID)).toBe(CLICKED + 21_000);
  });
});
