import type { DesiredPortalCall } from './desired-portal-calls';
import type { FiledCall } from './filed-call';
import { isSettled, nextStep } from './next-step';
import { beginStep, endStep, unregistered, type PortalCall } from './portal-call';
import { REGISTRATION_MEMORY_MS, type FinishStep, type PortalStep } from './portal-step';

const NOW = 10_000_000;

const wish: DesiredPortalCall = {
  key: 'main',
  externalCallId: 'call-1',
  type: 2,
  phoneNumber: '+79161234567',
  hasNumber: true,
  startedAt: NOW - 5000,
  lineNumber: 'line 1',
  crmCreate: true,
  crmSource: 'CALL',
  addToChat: false,
  registerFor: 1,
  fallbackUserId: 99,
  cards: [],
  recordings: [],
  finishWhen: 'at-end',
  registerAtOnce: false,
  onlyIfRegistered: false,
};
const talked: FiledCall = { userId: 2, ownerFirst: false, durationSeconds: 60, statusCode: '200' };
const over = { ...wish, registerFor: 2, filed: talked };
const recorded = (state: 'running' | 'ready' | 'torn', path = '/r/a.wav') => ({ path, state });

const nothing = unregistered('call-1');
const registered: PortalCall = { ...nothing, portalCallId: 'p1' };
const shownTo = (...userIds: number[]): PortalCall => ({
  ...registered,
  screens: userIds.map((userId) => ({ userId, state: 'shown' })),
});
const finished: PortalCall = { ...registered, finished: true };

const step = (desired: DesiredPortalCall, observed: PortalCall, now = NOW) =>
  nextStep(desired, observed, now);
const finishFor = (userId: number): FinishStep => ({
  kind: 'finish',
  portalCallId: 'p1',
  userId,
  durationSeconds: 60,
  statusCode: '200',
  addToChat: false,
});
const registerFor = (userId: number, show: boolean): PortalStep => ({
  kind: 'register',
  externalCallId: 'call-1',
  userId,
  phoneNumber: '+79161234567',
  type: 2,
  startedAt: NOW - 5000,
  show,
  lineNumber: 'line 1',
  crmCreate: true,
  crmSource: 'CALL',
  addToChat: false,
});

describe('the next step: registration', () => {
  it.each<[string, DesiredPortalCall, PortalCall, PortalStep | undefined]>([
    ['nobody rings yet: nothing', wish, nothing, undefined],
    [
      'nobody rings yet, but somebody waits for who calls: register without a card',
      { ...wish, registerAtOnce: true },
      nothing,
      registerFor(1, false),
    ],
    ['nor twice', { ...wish, registerAtOnce: true }, registered, undefined],
    ['somebody rings: register with his card', { ...wish, cards: [1, 2] }, nothing, registerFor(1, true)],
    ['it is over before it was registered: register without a card', over, nothing, registerFor(2, false)],
    ['it became part of another: nothing', { ...over, onlyIfRegistered: true }, nothing, undefined],
    [
      'the portal does not know the user: register for the fallback, no card',
      { ...wish, cards: [1] },
      { ...nothing, refusedUsers: [1] },
      registerFor(99, false),
    ],
    [
      'the fallback is in the ring himself',
      { ...wish, cards: [1, 99] },
      { ...nothing, refusedUsers: [1] },
      registerFor(99, true),
    ],
    [
      'a person must look: nothing',
      over,
      { ...nothing, stuck: { step: 'register', reason: 'no' } },
      undefined,
    ],
  ])('%s', (_what, desired, observed, expected) => {
    expect(step(desired, observed)).toEqual(expected);
  });

  it('a call over no known line is registered without one', () => {
    expect(step({ ...over, lineNumber: undefined }, nothing)).not.toHaveProperty('lineNumber');
  });
});

describe('the next step: cards', () => {
  it.each<[string, DesiredPortalCall, PortalCall, PortalStep | undefined]>([
    ['all as it should be', { ...wish, cards: [1, 2] }, shownTo(2, 1), undefined],
    [
      'others ring too',
      { ...wish, cards: [1, 2, 3] },
      shownTo(1),
      { kind: 'show', portalCallId: 'p1', userIds: [2, 3] },
    ],
    [
      'one answered',
      { ...wish, cards: [2] },
      shownTo(1, 2, 3),
      { kind: 'hide', portalCallId: 'p1', userIds: [1, 3] },
    ],
    [
      'hide goes before show',
      { ...wish, cards: [2] },
      shownTo(1),
      { kind: 'hide', portalCallId: 'p1', userIds: [1] },
    ],
    [
      'shown perhaps, and wanted: show',
      { ...wish, cards: [1] },
      { ...registered, screens: [{ userId: 1, state: 'unsure' }] },
      { kind: 'show', portalCallId: 'p1', userIds: [1] },
    ],
    [
      'shown perhaps, and not wanted: hide',
      wish,
      { ...registered, screens: [{ userId: 1, state: 'unsure' }] },
      { kind: 'hide', portalCallId: 'p1', userIds: [1] },
    ],
    [
      'the portal does not know the user: no card for him',
      { ...wish, cards: [1] },
      { ...registered, refusedUsers: [1] },
      undefined,
    ],
    [
      'over: hide from all but whose card the finish closes',
      over,
      shownTo(1, 2),
      { kind: 'hide', portalCallId: 'p1', userIds: [1] },
    ],
    [
      'over, and the finish goes to the fallback: hide from all',
      over,
      { ...shownTo(2), refusedUsers: [2] },
      { kind: 'hide', portalCallId: 'p1', userIds: [2] },
    ],
    [
      'over, and the finish waits for the recording: hide from all',
      { ...over, finishWhen: 'recording-ready' as const },
      shownTo(2),
      { kind: 'hide', portalCallId: 'p1', userIds: [2] },
    ],
  ])('%s', (_what, desired, observed, expected) => {
    expect(step(desired, observed)).toEqual(expected);
  });
});

describe('the next step: finish', () => {
  it.each<[string, DesiredPortalCall, PortalCall, PortalStep | undefined]>([
    ['over: finish for who talked', over, shownTo(2), finishFor(2)],
    [
      'over: why it was not answered',
      { ...over, filed: { ...talked, failedReason: 'busy' } },
      registered,
      { ...finishFor(2), failedReason: 'busy' },
    ],
    [
      'the portal does not know him: finish for the fallback',
      over,
      { ...registered, refusedUsers: [2] },
      finishFor(99),
    ],
    [
      'it became part of another: finish what was registered',
      { ...over, onlyIfRegistered: true },
      registered,
      finishFor(2),
    ],
    [
      'the recording grows: finish all the same',
      { ...over, recordings: [recorded('running')] },
      registered,
      finishFor(2),
    ],
    [
      'the recording grows, and the portal wants it first: wait',
      { ...over, finishWhen: 'recording-ready', recordings: [recorded('running')] },
      registered,
      undefined,
    ],
    [
      'the recording is there: finish',
      { ...over, finishWhen: 'recording-ready', recordings: [recorded('ready')] },
      registered,
      finishFor(2),
    ],
    [
      'the recording is torn: finish',
      { ...over, finishWhen: 'recording-ready', recordings: [recorded('torn')] },
      registered,
      finishFor(2),
    ],
    ['no recording: finish', { ...over, finishWhen: 'recording-ready' }, registered, finishFor(2)],
    [
      'was it finished? ask',
      over,
      { ...registered, finishInDoubt: true },
      { kind: 'confirm-finish', portalCallId: 'p1' },
    ],
  ])('%s', (_what, desired, observed, expected) => {
    expect(step(desired, observed)).toEqual(expected);
  });
});

describe('the next step: recording', () => {
  const attach = (path: string, torn = false): PortalStep => ({
    kind: 'attach-record',
    portalCallId: 'p1',
    path,
    torn,
  });
  const two = [recorded('ready'), recorded('ready', '/r/b.wav')];

  it.each<[string, DesiredPortalCall, PortalCall, PortalStep | undefined]>([
    ['none', over, finished, undefined],
    ['the best', { ...over, recordings: two }, finished, attach('/r/a.wav')],
    ['one is enough', { ...over, recordings: two }, { ...finished, attached: '/r/a.wav' }, undefined],
    [
      'the next best',
      { ...over, recordings: two },
      { ...finished, failedRecordings: [{ path: '/r/a.wav', reason: 'missing' }] },
      attach('/r/b.wav'),
    ],
    [
      'all failed',
      { ...over, recordings: two.slice(1) },
      { ...finished, failedRecordings: [{ path: '/r/b.wav', reason: 'empty' }] },
      undefined,
    ],
    [
      'it grows: wait',
      { ...over, recordings: [recorded('running'), recorded('ready', '/r/b.wav')] },
      finished,
      undefined,
    ],
    [
      'it was never closed: say so',
      { ...over, recordings: [recorded('torn')] },
      finished,
      attach('/r/a.wav', true),
    ],
    [
      'finished without a known registration: nothing to attach it to',
      { ...over, recordings: two },
      { ...finished, portalCallId: undefined },
      undefined,
    ],
  ])('%s', (_what, desired, observed, expected) => {
    expect(step(desired, observed)).toEqual(expected);
  });
});

describe('a call that the portal refused for good', () => {
  it('goes on when there is another default user than the one whom the portal does not know', () => {
    const refused: PortalCall = {
      ...nothing,
      refusedUsers: [2, 99],
      stuck: { step: 'register', reason: 'no such user', user: 99 },
    };
    expect(step(over, refused)).toBeUndefined();
    const mended = step({ ...over, fallbackUserId: 98 }, refused);
    expect(mended).toMatchObject({ kind: 'register', userId: 98 });
    expect(beginStep(refused, mended!, NOW)).not.toHaveProperty('stuck');
    const other: PortalCall = { ...refused, stuck: { step: 'finish', reason: 'no' } };
    expect(step({ ...over, fallbackUserId: 98 }, other)).toBeUndefined();
  });
});

describe('a step whose outcome is unknown', () => {
  const register = registerFor(1, true);
  const lost = (observed: PortalCall, sent: PortalStep) =>
    endStep(beginStep(observed, sent, NOW), sent, { kind: 'unknown' });

  it('comes next, word for word, whatever has changed since', () => {
    const later = {
      ...over,
      filed: { ...talked, userId: 3, durationSeconds: 61 },
      recordings: [recorded('ready', '/r/b.wav')],
    };
    const attach: PortalStep = { kind: 'attach-record', portalCallId: 'p1', path: '/r/a.wav', torn: false };
    expect(step({ ...wish, registerFor: 2, cards: [1, 2] }, lost(nothing, register))).toEqual(register);
    expect(step(later, lost(registered, finishFor(2)))).toEqual(finishFor(2));
    expect(step(later, lost(finished, attach))).toEqual(attach);
  });

  it('a registration is repeated without its card when that is no longer true', () => {
    expect(step({ ...wish, cards: [2] }, lost(nothing, register))).toEqual({ ...register, show: false });
    expect(step({ ...over, onlyIfRegistered: true }, lost(nothing, register))).toEqual({
      ...register,
      show: false,
    });
    expect(step({ ...wish, cards: [1] }, lost(nothing, { ...registerFor(1, false) }))).toEqual(
      registerFor(1, false),
    );
  });

  it('a registration that the portal has forgotten is made anew from what is true now', () => {
    const observed = lost(nothing, register);
    expect(step(over, observed, NOW + REGISTRATION_MEMORY_MS)).toEqual({ ...register, show: false });
    expect(step(over, observed, NOW + REGISTRATION_MEMORY_MS + 1)).toEqual(registerFor(2, false));
    expect(
      step({ ...over, onlyIfRegistered: true }, observed, NOW + REGISTRATION_MEMORY_MS + 1),
    ).toBeUndefined();
  });

  it('the memory of the portal counts from the last sending, for that may be the one it carried out', () => {
    const again = NOW + REGISTRATION_MEMORY_MS;
    const observed = endStep(beginStep(lost(nothing, register), register, again), register, {
      kind: 'unknown',
    });
    expect(step(over, observed, again + REGISTRATION_MEMORY_MS)).toEqual({ ...register, show: false });
    expect(step(over, observed, again + REGISTRATION_MEMORY_MS + 1)).toEqual(registerFor(2, false));
  });

  it('the new registration is repeated word for word in its turn', () => {
    const later = NOW + REGISTRATION_MEMORY_MS + 1;
    const anew = registerFor(2, false);
    const observed = endStep(beginStep(lost(nothing, register), anew, later), anew, { kind: 'unknown' });
    expect(step({ ...over, registerFor: 3 }, observed, later + 60_000)).toEqual(anew);
  });

  it('a card step is not repeated: what is true now is done', () => {
    const show: PortalStep = { kind: 'show', portalCallId: 'p1', userIds: [1] };
    expect(step({ ...wish, cards: [2] }, lost(registered, show))).toEqual({
      kind: 'hide',
      portalCallId: 'p1',
      userIds: [1],
    });
    expect(step({ ...wish, cards: [1] }, lost(registered, show), NOW + 1_000)).toEqual(show);
  });

  it('a card step that was interrupted may have opened a card', () => {
    const interrupted = beginStep(registered, { kind: 'show', portalCallId: 'p1', userIds: [1] }, NOW);
    expect(step({ ...wish, cards: [2] }, interrupted)).toEqual({
      kind: 'hide',
      portalCallId: 'p1',
      userIds: [1],
    });
    const hiding = beginStep(shownTo(1), { kind: 'hide', portalCallId: 'p1', userIds: [1] }, NOW);
    expect(step({ ...wish, cards: [1] }, hiding)).toEqual({ kind: 'show', portalCallId: 'p1', userIds: [1] });
  });

  it('a card that a repeated registration may have left open is hidden', () => {
    const quiet = { ...register, show: false } as const;
    const observed = endStep(beginStep(lost(nothing, register), quiet, NOW), quiet, {
      kind: 'registered',
      portalCallId: 'p1',
    });
    expect(step({ ...wish, cards: [2] }, observed)).toEqual({
      kind: 'hide',
      portalCallId: 'p1',
      userIds: [1],
    });
  });
});

describe('settled: the portal holds all that it ever will', () => {
  it.each<[string, DesiredPortalCall, PortalCall, boolean]>([
    ['not while the call goes on', { ...wish, cards: [1] }, shownTo(1), false],
    ['not before it is finished', over, registered, false],
    ['not while a recording is awaited', { ...over, recordings: [recorded('running')] }, finished, false],
    ['not before it is attached', { ...over, recordings: [recorded('ready')] }, finished, false],
    [
      'finished and attached',
      { ...over, recordings: [recorded('ready')] },
      { ...finished, attached: '/r/a.wav' },
      true,
    ],
    ['finished, no recording', over, finished, true],
    [
      'finished, the only recording failed',
      { ...over, recordings: [recorded('ready')] },
      { ...finished, failedRecordings: [{ path: '/r/a.wav', reason: 'missing' }] },
      true,
    ],
    ['part of another, never registered', { ...over, onlyIfRegistered: true }, nothing, true],
    ['given up', over, { ...registered, stuck: { step: 'finish', reason: 'no' } }, true],
  ])('%s', (_what, desired, observed, expected) => {
    expect(isSettled(desired, observed, NOW)).toBe(expected);
  });
});
