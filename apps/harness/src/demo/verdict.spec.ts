import type { Expected } from './expected-call';
import type { HeldCall } from '../world/portal-holding';
import { judge } from './verdict';

const expected: Expected = {
  scene: 'a group call',
  direction: 'inbound',
  phone: '74950001234',
  outcome: 'answered',
  talkSeconds: 4,
  extensions: ['1001', '1002'],
  mayShowTo: [1, 2],
  filing: { type: '2', userIds: [2], statusCode: '200', did: '74951234567', recording: 'whole' },
};

const held: HeldCall = {
  portalCallId: 'externalCall.1',
  callId: 'our-id',
  type: '2',
  phone: '74950001234',
  cards: [
    { userId: 1, shownAt: 1000, hiddenAt: 2000 },
    { userId: 2, shownAt: 1000, hiddenAt: 6000 },
  ],
  rows: [{ userId: 2, seconds: 4, statusCode: '200', reason: '', line: 'line-1' }],
  recording: { fileName: 'a.wav', seconds: 4.1 },
};
const [row] = held.rows as [HeldCall['rows'][number]];

function problemsOf(calls: readonly HeldCall[], of: Expected = expected): string[] {
  return judge([of], calls, { lineOf: () => 'line-1', speed: 1 }).flatMap(({ problems }) => problems);
}

describe('a call is judged', () => {
  it('right when everything is as it happened, a second of duration more or less', () => {
    expect(problemsOf([held])).toEqual([]);
    expect(problemsOf([{ ...held, rows: [{ ...row, seconds: 5 }] }])).toEqual([]);
  });

  it.each<[string, Partial<HeldCall>]>([
    ['registered, never finished', { rows: [] }],
    ['filed 2 times', { rows: [row, row] }],
    ['user 1 instead of 2', { rows: [{ ...row, userId: 1 }] }],
    ['status 304 instead of 200', { rows: [{ ...row, statusCode: '304' }] }],
    ['6 s instead of 4 s', { rows: [{ ...row, seconds: 6 }] }],
    ['line REST_APP: instead of line-1', { rows: [{ ...row, line: 'REST_APP:' }] }],
    ['type 1 instead of 2', { type: '1' }],
    ['no recording', { recording: undefined }],
    ['its recording cannot be played', { recording: { fileName: 'a.wav' } }],
    ['a recording of 1.0 s for 4 s', { recording: { fileName: 'a.wav', seconds: 1 } }],
    ['a card for user 3, whom it did not concern', { cards: [{ userId: 3, shownAt: 1, hiddenAt: 2 }] }],
    ['the card of user 2 is still open', { cards: [{ userId: 2, shownAt: 1 }] }],
    ['no card was ever shown', { cards: [] }],
  ])('wrong: %s', (problem, change) => {
    expect(problemsOf([{ ...held, ...change }])).toEqual([problem]);
  });

  it('wrong when it is not there, or there twice', () => {
    expect(problemsOf([])).toEqual(['not in the portal']);
    expect(problemsOf([held, { ...held, portalCallId: 'externalCall.2' }])).toEqual(['filed 2 times']);
    expect(problemsOf([held, { ...held, portalCallId: 'externalCall.2', rows: [] }])).toEqual([
      'registered 2 times',
    ]);
  });

  it('wrong when a missed call has a duration or a recording', () => {
    const missed: Expected = {
      ...expected,
      talkSeconds: 0,
      filing: { type: '2', userIds: [1], statusCode: '304', recording: 'none' },
    };
    const rows = [{ ...row, userId: 1, seconds: 0, statusCode: '304' }];
    expect(problemsOf([{ ...held, rows, recording: undefined }], missed)).toEqual([]);
    expect(problemsOf([{ ...held, rows }], missed)).toEqual(['a recording where there is none']);
    const long = [{ ...row, userId: 1, seconds: 1, statusCode: '304' }];
    expect(problemsOf([{ ...held, rows: long, recording: undefined }], missed)).toEqual([
      '1 s instead of 0 s',
    ]);
  });

  it('wrong when the portal has a call that nobody made, such as an internal one', () => {
    const internal: Expected = { ...expected, direction: 'internal', phone: undefined, filing: undefined };
    expect(problemsOf([], internal)).toEqual([]);
    expect(problemsOf([{ ...held, phone: '1002' }], internal)).toEqual([
      'call our-id should not be in the portal',
    ]);
  });
});
