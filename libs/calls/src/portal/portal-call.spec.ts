import { beginStep, endStep, unregistered, type PortalCall } from './portal-call';
import { REGISTRATION_MEMORY_MS, type PortalStep, type RegisterStep, type StepAnswer } from './portal-step';

const NOW = 1_000_000;
const MINUTE = 60_000;

const register: RegisterStep = {
  kind: 'register',
  externalCallId: 'call-1',
  userId: 1,
  phoneNumber: '+79161234567',
  type: 2,
  startedAt: 900_000,
  show: true,
  crmCreate: true,
  crmSource: 'CALL',
  addToChat: false,
};
const show: PortalStep = { kind: 'show', portalCallId: 'p1', userIds: [2, 3] };
const hide: PortalStep = { kind: 'hide', portalCallId: 'p1', userIds: [1] };
const finish: PortalStep = {
  kind: 'finish',
  portalCallId: 'p1',
  userId: 1,
  durationSeconds: 60,
  statusCode: '200',
  addToChat: false,
};
const confirm: PortalStep = { kind: 'confirm-finish', portalCallId: 'p1' };
const attach: PortalStep = { kind: 'attach-record', portalCallId: 'p1', path: '/r/a.wav', torn: false };

const fresh = unregistered('call-1');
const ringing: PortalCall = { ...fresh, portalCallId: 'p1', screens: [{ userId: 1, state: 'shown' }] };
const doubtful: PortalCall = { ...ringing, screens: [], finishInDoubt: true };
const finished: PortalCall = { ...ringing, screens: [], finished: true };

/** The portal before a step, with the step sent; when cards were asked for has a test of its own. */
const sent = (before: PortalCall, step: PortalStep): PortalCall => {
  const { cardsAt: _cardsAt, ...rest } = beginStep(before, step, NOW);
  return rest;
};
const after = (before: PortalCall, step: PortalStep, answer: StepAnswer) =>
  endStep(sent(before, step), step, answer);

const registered: StepAnswer = { kind: 'registered', portalCallId: 'p1' };
const done: StepAnswer = { kind: 'done' };
const unknown: StepAnswer = { kind: 'unknown' };
const notDone: StepAnswer = { kind: 'not-done' };
const callUnknown: StepAnswer = { kind: 'call-unknown' };
const refused = (cause: Extract<StepAnswer, { kind: 'refused' }>['cause']): StepAnswer => ({
  kind: 'refused',
  cause,
  reason: `it said ${cause}`,
});
const inFlight = (step: PortalStep) => ({ step, since: NOW, sentAt: NOW, unknown: true });
const twice = (step: PortalStep) => ({ step, since: NOW, sentAt: NOW + MINUTE, unknown: true });
const stuckAt = (step: PortalStep['kind']) => ({ stuck: { step, reason: 'it said other' } });

describe('a step that is sent', () => {
  it('is written down with its exact words before it goes out', () => {
    expect(sent(fresh, register)).toEqual({
      ...fresh,
      inFlight: { step: register, since: NOW, sentAt: NOW, unknown: false },
    });
  });

  it('keeps in mind when cards were asked for and asked to go', () => {
    const shown = beginStep(fresh, register, NOW);
    expect(shown.cardsAt).toEqual({ shown: NOW });
    expect(beginStep(shown, hide, NOW + 5).cardsAt).toEqual({ shown: NOW, hidden: NOW + 5 });
    expect(beginStep(shown, finish, NOW + 5).cardsAt).toEqual({ shown: NOW });
    expect(beginStep(fresh, { ...register, show: false }, NOW).cardsAt).toBeUndefined();
  });

  it('whose outcome is unknown keeps its first and its last sending: either may be the one the portal carried out', () => {
    const once = after(fresh, register, unknown);
    expect(beginStep(once, register, NOW + MINUTE).inFlight).toEqual(twice(register));
  });

  it('that was interrupted (the process died) may have been carried out: its outcome is unknown', () => {
    const again = beginStep(sent(fresh, register), register, NOW + MINUTE);
    expect(again.inFlight).toEqual(twice(register));
    expect(endStep(again, register, notDone).inFlight).toEqual(twice(register));
  });

  it('is another step than the one before: it counts from now', () => {
    const again = beginStep(after(finished, attach, unknown), finish, NOW + MINUTE);
    expect(again.inFlight).toEqual({
      step: finish,
      since: NOW + MINUTE,
      sentAt: NOW + MINUTE,
      unknown: false,
    });
  });

  it('is a new registration when the portal has forgotten the old one: nothing is in doubt about it', () => {
    const later = NOW + REGISTRATION_MEMORY_MS;
    const once = after(fresh, register, unknown);
    expect(beginStep(once, register, later).inFlight?.unknown).toBe(true);
    expect(beginStep(once, register, later + 1).inFlight).toEqual({
      ...twice(register),
      sentAt: later + 1,
      unknown: false,
    });
  });
});

describe('what the portal holds after an answer', () => {
  it.each<[string, PortalCall, PortalStep, StepAnswer, Partial<PortalCall>]>([
    ['registered with the card shown', fresh, register, registered, ringing],
    [
      'registered without a card',
      fresh,
      { ...register, show: false },
      registered,
      { ...ringing, screens: [] },
    ],
    [
      'shown',
      ringing,
      show,
      done,
      { ...ringing, screens: [1, 2, 3].map((userId) => ({ userId, state: 'shown' as const })) },
    ],
    ['hidden', ringing, hide, done, { ...ringing, screens: [] }],
    ['finished: its cards are closed', ringing, finish, done, finished],
    ['attached', finished, attach, done, { ...finished, attached: '/r/a.wav' }],

    ['show: the portal knows no such call', ringing, show, callUnknown, doubtful],
    ['hide: the portal knows no such call', ringing, hide, callUnknown, doubtful],
    ['finish was done', doubtful, confirm, { kind: 'finish-confirmed', found: true }, finished],
    [
      'finish was not done: the registration is gone',
      doubtful,
      confirm,
      { kind: 'finish-confirmed', found: false },
      { ...fresh, registrationsLost: 1 },
    ],

    ['register: no such user', fresh, register, refused('user-not-found'), { ...fresh, refusedUsers: [1] }],
    ['finish: no such user', ringing, finish, refused('user-not-found'), { ...ringing, refusedUsers: [1] }],
    ['finish: no such call', ringing, finish, refused('call-not-found'), { ...ringing, finishInDoubt: true }],
    [
      'attach: not finished yet',
      finished,
      attach,
      refused('not-finished-yet'),
      { ...finished, finished: false },
    ],
    [
      'attach: refused',
      finished,
      attach,
      refused('other'),
      { ...finished, failedRecordings: [{ path: '/r/a.wav', reason: 'refused' }] },
    ],
    ['register: refused', fresh, register, refused('other'), { ...fresh, ...stuckAt('register') }],
    ['show: refused', ringing, show, refused('other'), { ...ringing, ...stuckAt('show') }],
    ['finish: refused', ringing, finish, refused('other'), { ...ringing, ...stuckAt('finish') }],
    ['confirm: refused', doubtful, confirm, refused('other'), { ...doubtful, ...stuckAt('confirm-finish') }],
    [
      'attach: there is nothing to send',
      finished,
      attach,
      { kind: 'no-recording', reason: 'missing' },
      { ...finished, failedRecordings: [{ path: '/r/a.wav', reason: 'missing' }] },
    ],

    [
      'register: unknown, it may have opened a card',
      fresh,
      register,
      unknown,
      { ...fresh, inFlight: inFlight(register), screens: [{ userId: 1, state: 'unsure' }] },
    ],
    [
      'register without a card: unknown',
      fresh,
      { ...register, show: false },
      unknown,
      { ...fresh, inFlight: inFlight({ ...register, show: false }) },
    ],
    [
      'show: unknown',
      ringing,
      show,
      unknown,
      {
        ...ringing,
        screens: [
          { userId: 1, state: 'shown' },
          { userId: 2, state: 'unsure' },
          { userId: 3, state: 'unsure' },
        ],
      },
    ],
    ['hide: unknown', ringing, hide, unknown, { ...ringing, screens: [{ userId: 1, state: 'unsure' }] }],
    ['finish: unknown', ringing, finish, unknown, { ...ringing, inFlight: inFlight(finish) }],
    ['confirm: unknown', doubtful, confirm, unknown, { ...doubtful, inFlight: inFlight(confirm) }],
    ['attach: unknown', finished, attach, unknown, { ...finished, inFlight: inFlight(attach) }],

    ['register: not done', fresh, register, notDone, fresh],
    ['show: not done', ringing, show, notDone, ringing],
    ['hide: not done', ringing, hide, notDone, ringing],
    ['finish: not done', ringing, finish, notDone, ringing],
    ['confirm: not done', doubtful, confirm, notDone, doubtful],
    ['attach: not done', finished, attach, notDone, finished],
  ])('%s', (_what, before, step, answer, expected) => {
    expect(after(before, step, answer)).toEqual({ inFlight: undefined, ...expected });
  });

  // Answers that do not belong to the step: the sender mixed something up, and nothing may be concluded from it.
  it.each<[string, PortalCall, PortalStep, StepAnswer]>([
    ['registered, to a finish', ringing, finish, registered],
    ['done, to a registration', fresh, register, done],
    ['done, to a confirmation', doubtful, confirm, done],
    ['no recording, to a show', ringing, show, { kind: 'no-recording', reason: 'empty' }],
  ])('%s', (_what, before, step, answer) => {
    expect(after(before, step, answer)).toEqual({ ...before, inFlight: undefined });
  });
});

describe('what the portal failed to do on the side', () => {
  const noLead: StepAnswer = { kind: 'registered', portalCallId: 'p1', notice: 'Lead was not created' };

  it('is kept to the end, for people', () => {
    const known = after(after(fresh, register, noLead), finish, { kind: 'done' });
    expect(known).toMatchObject({ finished: true, notice: 'Lead was not created' });
  });

  it('is forgotten with a registration that is made anew and complete', () => {
    const forgotten = after(after(fresh, register, noLead), confirm, {
      kind: 'finish-confirmed',
      found: false,
    });
    expect(after(forgotten, register, registered).notice).toBeUndefined();
  });
});

describe('what a lost answer may hide', () => {
  it('repeated without a card, the registration that answers may have opened one at first', () => {
    const once = after(fresh, register, unknown);
    const quiet = { ...register, show: false };
    const settled = endStep(beginStep(once, quiet, NOW + MINUTE), quiet, registered);
    expect(settled).toMatchObject({ portalCallId: 'p1', screens: [{ userId: 1, state: 'unsure' }] });
  });

  it('so may one that was interrupted', () => {
    const quiet = { ...register, show: false };
    const settled = endStep(beginStep(sent(fresh, register), quiet, NOW + MINUTE), quiet, registered);
    expect(settled.screens).toEqual([{ userId: 1, state: 'unsure' }]);
  });

  it('an interrupted show leaves its cards unsure, whatever is sent next', () => {
    const next = beginStep(sent(ringing, show), finish, NOW + MINUTE);
    expect(next.screens).toEqual([
      { userId: 1, state: 'shown' },
      { userId: 2, state: 'unsure' },
      { userId: 3, state: 'unsure' },
    ]);
    expect(next.inFlight).toEqual({
      step: finish,
      since: NOW + MINUTE,
      sentAt: NOW + MINUTE,
      unknown: false,
    });
  });

  it('"not done" settles nothing of what was unknown before', () => {
    const again = beginStep(after(ringing, finish, unknown), finish, NOW + MINUTE);
    expect(endStep(again, finish, notDone).inFlight).toEqual(twice(finish));
    expect(endStep(again, finish, done)).toEqual({ ...finished, inFlight: undefined });
  });

  it('a user whom the portal refuses at registration sees no card', () => {
    const again = beginStep(after(fresh, register, unknown), register, NOW + MINUTE);
    expect(endStep(again, register, refused('user-not-found'))).toMatchObject({
      screens: [],
      refusedUsers: [1],
    });
  });

  it('"not finished yet", after an upload that may have happened: the statistics are late, not the finish', () => {
    const again = beginStep(after(finished, attach, unknown), attach, NOW + MINUTE);
    expect(endStep(again, attach, refused('not-finished-yet'))).toEqual({ ...finished, inFlight: undefined });
  });
});

describe('when to give up', () => {
  it('the portal refuses the second user too', () => {
    const once = after(fresh, register, refused('user-not-found'));
    expect(after(once, register, refused('user-not-found')).stuck).toEqual({
      step: 'register',
      reason: 'it said user-not-found',
      user: 1,
    });
    const fallback = { ...register, userId: 99 };
    expect(after(once, fallback, refused('user-not-found')).refusedUsers).toEqual([1, 99]);
  });

  it('the portal forgets registration after registration', () => {
    let portalCall: PortalCall = fresh;
    for (let lost = 1; lost <= 3; lost++) {
      portalCall = after(after(portalCall, register, registered), show, callUnknown);
      portalCall = after(portalCall, confirm, { kind: 'finish-confirmed', found: false });
      expect(portalCall.stuck).toBeUndefined();
      expect(portalCall).toMatchObject({ registrationsLost: lost, portalCallId: undefined });
    }
    portalCall = after(after(portalCall, register, registered), show, callUnknown);
    expect(after(portalCall, confirm, { kind: 'finish-confirmed', found: false }).stuck?.step).toBe('finish');
  });
});
