import { beginStep, unregistered, type PortalStep } from '@app/calls';
import { patienceMs } from '../patience';
import { stepClassOf } from './step-class';
import { PhoneCall } from '../testing/phone-call';

const START = Date.UTC(2026, 2, 7, 7);
const MINUTE = 60_000;
const FINISH: PortalStep = {
  kind: 'finish',
  portalCallId: 'externalCall.1',
  userId: 1,
  durationSeconds: 1,
  statusCode: '200',
  addToChat: false,
};

describe('what a request gives way to', () => {
  const open = new PhoneCall('call-1', START).comesIn().rings('1001').call;
  const over = new PhoneCall('call-1', START).comesIn().rings('1001').hangsUp().call;

  it('a call that has just ended is filed before those of an hour ago', () => {
    expect(stepClassOf(FINISH, over, START + 9 * MINUTE)).toBe('finish');
    expect(stepClassOf(FINISH, over, START + 11 * MINUTE)).toBe('backfill');
  });

  it('a call that goes on for hours is never catching up', () => {
    expect(stepClassOf(FINISH, open, START + 300 * MINUTE)).toBe('finish');
  });

  it('cards come first, with who waits to be registered, and recordings last', () => {
    const card: PortalStep = { kind: 'hide', portalCallId: 'externalCall.1', userIds: [1] };
    const register: PortalStep = {
      kind: 'register',
      externalCallId: 'call-1',
      userId: 1,
      phoneNumber: '+79161234567',
      type: 2,
      startedAt: START,
      show: false,
      crmCreate: true,
      crmSource: 'CALL',
      addToChat: false,
    };
    const record: PortalStep = {
      kind: 'attach-record',
      portalCallId: 'externalCall.1',
      path: '/r.wav',
      torn: false,
    };
    expect(stepClassOf(register, open, START + MINUTE)).toBe('live-card');
    expect(stepClassOf(register, over, START + MINUTE)).toBe('finish');
    expect([card, record].map((step) => stepClassOf(step, over, START + 11 * MINUTE))).toEqual([
      'live-card',
      'recording',
    ]);
  });
});

describe('patience', () => {
  it.each([
    [0, MINUTE],
    [10 * MINUTE, 5 * MINUTE],
    [24 * 60 * MINUTE, 60 * MINUTE],
    [3 * MINUTE + 1, Math.ceil(1.5 * MINUTE + 0.5)],
  ])('a call of the age %i ms is left alone for %i ms', (ageMs, expected) => {
    expect(patienceMs(ageMs)).toBe(expected);
  });
});

it('a step in flight keeps the moment of its first sending, by which a hopeless one is known', () => {
  const first = beginStep(unregistered('call-1'), FINISH, START);
  expect(beginStep(first, FINISH, START + MINUTE).inFlight?.since).toBe(START);
});
