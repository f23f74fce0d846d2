import { demoCompany } from '@app/testkit';
import { expectedCalls, type Expected } from './expected-call';

const CLIENT = '74950001234';

/** What must be filed for a capture whose parts are played by 1004, 1005 and 1006. */
function expectedOf(capture: string, ...clients: string[]): Expected[] {
  const numbers = [CLIENT, ...clients].map((number) => ({ number }));
  const scene = { at: 0, capture, cast: ['1004', '1005', '1006'], clients: numbers };
  return expectedCalls(scene, demoCompany(), 9);
}

describe('what the portal must hold for', () => {
  it('a group call that the second phone answers: all three may see the card, one is responsible', () => {
    expect(expectedOf('simultaneous-ring-second-answers')).toMatchObject([
      {
        phone: CLIENT,
        talkSeconds: 4,
        mayShowTo: [4, 5, 6],
        filing: { type: '2', userIds: [5], statusCode: '200', did: '74951234568', recording: 'whole' },
      },
    ]);
  });

  it.each([
    ['simultaneous-ring-nobody-answers', [4, 5, 6]],
    ['sequential-ring-nobody-answers', [6]],
    ['callcenter-caller-abandons', [6]],
    ['ivr-answered-then-abandoned', [9]],
    ['agent-phone-other-sip-errors', [9]],
  ])(
    'a missed call (%s): 304, for whose phone rang last or who is there for the rest',
    (capture, userIds) => {
      const [expected] = expectedOf(capture);
      expect(expected?.filing).toMatchObject({ type: '2', statusCode: '304', userIds, recording: 'none' });
    },
  );

  it.each([
    ['blind-transfer-by-refer', [5], 'whole'],
    ['attended-transfer-by-refer-replaces', [5], 'part'],
    ['park-and-retrieve', [5], 'part'],
    ['call-pickup-intercept', [5], 'part'],
    ['forward-302-moved-temporarily', [5], 'whole'],
    ['three-way-conference', [4, 5], 'part'],
    ['recording-too-short-discarded', [4], 'none'],
    ['forward-to-mobile-when-unregistered', [9], 'whole'],
  ])('a talk (%s): who talked last', (capture, userIds, recording) => {
    const [expected] = expectedOf(capture);
    expect(expected?.filing).toMatchObject({ statusCode: '200', userIds, recording });
  });

  it('outbound calls that were not answered: the carrier’s word', () => {
    const codes = (capture: string): unknown[] =>
      expectedOf(capture).map(({ filing }) => [filing?.type, filing?.statusCode, filing?.userIds]);
    expect(codes('outbound-busy')).toEqual([['1', '486', [4]]]);
    expect(codes('outbound-no-answer')).toEqual([['1', '480', [4]]]);
    expect(codes('outbound-invalid-number-404')).toEqual([['1', '404', [4]]]);
    expect(codes('outbound-early-media-183-then-cancel')).toEqual([['1', '603-S', [4]]]);
    expect(codes('click-to-call-customer-busy')).toEqual([['1', '486', [4]]]);
    expect(codes('click-to-call-agent-does-not-answer')).toEqual([['1', '480', [4]]]);
    const errors = codes('outbound-other-sip-errors').map((code) => (code as unknown[])[1]);
    expect(errors).toEqual(['480', '403', '484', '402', '423', '404', '480', 'OTHER', '503', '404']);
  });

  it('an internal call: nothing', () => {
    expect(expectedOf('internal-call-answered')).toMatchObject([{ direction: 'internal' }]);
    expect(expectedOf('internal-call-answered')[0]).not.toHaveProperty('filing');
  });

  it('two calls of one scene: each for its own client', () => {
    const calls = expectedOf('caller-name-injection', '74950001235');
    expect(calls.map(({ phone, filing }) => [phone, filing?.recording])).toEqual([
      ['74950001234', 'whole'],
      ['74950001235', 'whole'],
    ]);
  });
});
