import { AddressGuard, guardedFetch } from '@app/bitrix24';
import { commonRefusals, contract, type DocumentedRefusal } from '@app/bitrix24/contract';
import { FakePortal, ManualClock, type Fault, type PortalReply, type RunningPortal } from '@app/testkit';
import type { SyncOutcome } from './sync-call';
import { Desk } from './testing/desk';
import { PhoneCall } from './testing/phone-call';
import { Refusals } from './testing/refusals';

const REGISTER = 'telephony.externalCall.register';
const SHOW = 'telephony.externalCall.show';
const HIDE = 'telephony.externalCall.hide';
const FINISH = 'telephony.externalCall.finish';
const ATTACH = 'telephony.externalCall.attachRecord';
const STATISTIC = 'voximplant.statistic.get';
const PATH = '/recordings/talk.wav';
const HOUR = 3_600_000;
/** Far more than a portal of this machine takes. */
const PATIENT_MS = 10_000;
/** Where it hangs anyway. */
const IMPATIENT_MS = 400;

/** The portal's time is the test's, but what hangs takes real time: it is the client that must not wait. */
class HangingClock extends ManualClock {
  override sleep(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms).unref());
  }
}

class RefusingPortal extends FakePortal {
  readonly refusals = new Refusals();

  override handle(request: Parameters<FakePortal['handle']>[0]): Promise<PortalReply> {
    return this.refusals.answer(request, (asked) => super.handle(asked));
  }
}

const doors: RunningPortal[] = [];
afterEach(async () => {
  await Promise.all(doors.splice(0).map((door) => door.close()));
});

/** A portal at a real address, and the real client that calls it. */
async function openDay(timeoutMs = PATIENT_MS) {
  const clock = new HangingClock();
  const portal = new RefusingPortal({ clock, rateLimit: false });
  const door = await portal.listen();
  doors.push(door);
  const guard = new AddressGuard({ allow: ['http://127.0.0.1:*', 'http://localhost:*'] });
  const fetch = guardedFetch(guard);
  const calledAt = { issueToken: portal.issueToken.bind(portal), asFetch: () => fetch };
  const desk = new Desk(calledAt, clock, { endpoint: door.endpoint }, timeoutMs);
  desk.checkAddress = guard.check;
  desk.recording = { kind: 'file', localPath: __filename, bytes: 1, torn: false };
  desk.renew = () => Promise.resolve(portal.issueToken());
  const phone = new PhoneCall('call-1', clock.now());
  return { clock, portal, desk, phone };
}

type Day = Awaited<ReturnType<typeof openDay>>;

/** One run after the other, as the queue would make them, until there is nothing to wait for; gives what each came to. */
async function run({ desk, clock, phone }: Day): Promise<SyncOutcome['kind'][]> {
  const kinds: SyncOutcome['kind'][] = [];
  while (kinds.length < 30) {
    const outcome = await desk.sync(phone.call);
    kinds.push(outcome.kind);
    if (outcome.kind === 'wait') {
      await desk.store.markSynced({ ...waitMark(outcome), callId: phone.callId });
      clock.advance(outcome.until - clock.now());
    } else if (outcome.kind === 'retry' || outcome.kind === 'listed') clock.advance(2_000);
    else return kinds;
  }
  throw new Error(`it never ends: ${kinds.join()}`);
}

/** What the worker notes down of a wait. */
function waitMark({ version, until, error }: Extract<SyncOutcome, { kind: 'wait' }>) {
  return { version, settled: false, notBefore: until, problem: error.message };
}

/** A whole call with a recording, two phones that ring, and an answer. Gives how its runs ended, turn by turn. */
async function wholeCall(day: Day): Promise<SyncOutcome['kind'][]> {
  const { phone } = day;
  phone.comesIn().rings('1001', '1002');
  const kinds = await run(day);
  phone.wait(5).answers('1002', PATH);
  kinds.push(...(await run(day)));
  phone.wait(60).recorded(PATH).hangsUp();
  kinds.push(...(await run(day)));
  return kinds;
}

function expectFiledOnce({ portal, desk }: Day, { recordings = 1, user = '2' } = {}): void {
  expect(portal.audit()).toEqual([]);
  expect([...portal.state.statistics.values()]).toMatchObject([
    { PORTAL_USER_ID: user, CALL_DURATION: '60', CALL_FAILED_CODE: '200' },
  ]);
  expect(portal.state.recordings.size).toBe(recordings);
  expect([1, 2, 9].flatMap((userId) => portal.screens.openOn(userId))).toEqual([]);
  expect(desk.store.state('call-1')).toMatchObject({ settled: true });
}

/** What a refusal that every method can give makes of the run that meets it. */
type First = 'retry' | 'listed' | 'wait' | 'portal' | 'renewed' | 'refused';

const COMMON: Readonly<Record<keyof typeof commonRefusals, First>> = {
  INTERNAL_SERVER_ERROR: 'retry',
  ERROR_UNEXPECTED_ANSWER: 'retry',
  PORTAL_DELETED: 'portal',
  QUERY_LIMIT_EXCEEDED: 'listed',
  OVERLOAD_LIMIT: 'portal',
  OPERATION_TIME_LIMIT: 'wait',
  NO_AUTH_FOUND: 'renewed',
  expired_token: 'renewed',
  INVALID_REQUEST: 'portal',
  NO_COMMERCIAL_PLAN: 'portal',
  INVALID_CREDENTIALS: 'portal',
  insufficient_scope: 'portal',
  user_access_error: 'portal',
  ERROR_MANIFEST_IS_NOT_AVAILABLE: 'wait',
  ERROR_METHOD_NOT_FOUND: 'wait',
  WRONG_AUTH_TYPE: 'portal',
  METHOD_CONFIRM_WAITING: 'wait',
  METHOD_CONFIRM_DENIED: 'portal',
  ERROR_ARGUMENT: 'refused',
};

const METHODS = [REGISTER, SHOW, HIDE, FINISH, ATTACH, STATISTIC] as const;
type Method = (typeof METHODS)[number];

/** What becomes of a call when a method refuses for good. */
const REFUSED: Readonly<Record<Method, 'stuck' | 'filed' | 'without recording'>> = {
  [REGISTER]: 'stuck',
  [SHOW]: 'filed',
  [HIDE]: 'filed',
  [FINISH]: 'stuck',
  [ATTACH]: 'without recording',
  [STATISTIC]: 'stuck',
};

/** The statistics are only asked after a finish whose answer was lost. */
function prepare({ portal }: Day, method: Method): void {
  if (method === STATISTIC) portal.inject({ kind: 'execute-then-drop', method: 'batch' });
}

/** Where to upload is asked once in passing, with the finish, and then in earnest. */
const timesOf = (method: Method): number => (method === ATTACH ? 2 : 1);

/** The right to the statistics is granted apart: without it the rest of the portal works. */
const ofThePortal = (method: Method, first: First): First =>
  method === STATISTIC && first === 'portal' ? 'wait' : first;

const STILL_OF_THE_PORTAL = ['PORTAL_DELETED', 'OVERLOAD_LIMIT', 'INVALID_REQUEST', 'NO_COMMERCIAL_PLAN'];

describe.each(METHODS)('%s refuses as every method can', (method) => {
  it.each(Object.entries(COMMON) as [keyof typeof commonRefusals, First][])('%s: %s', async (name, usual) => {
    const day = await openDay();
    prepare(day, method);
    day.portal.refusals.says(method, commonRefusals[name], timesOf(method));
    const kinds = await wholeCall(day);
    const first = STILL_OF_THE_PORTAL.includes(name) ? usual : ofThePortal(method, usual);

    expect(day.portal.refusals.hasSaid).toBe(true);
    expect(day.desk.troubles.length > 0).toBe(first === 'portal');
    expect(day.desk.penalties.length > 0).toBe(first === 'listed');
    if (first === 'wait' || first === 'portal') expect(kinds).toContain('wait');
    if (first === 'refused' && REFUSED[method] === 'stuck') {
      expect(kinds.at(-1)).toBe('stuck');
      expect(day.desk.store.state('call-1')).toMatchObject({ settled: false });
      return;
    }
    expectFiledOnce(day, { recordings: first === 'refused' && method === ATTACH ? 0 : 1 });
  });
});

describe('the refusals of the methods themselves', () => {
  const own = METHODS.flatMap((method) =>
    Object.entries<DocumentedRefusal>(contract[method].refusals)
      .filter(([, refusal]) => !Object.values(commonRefusals).some((common) => common === refusal))
      .flatMap(([name, refusal]) =>
        [refusal.code, ''].map((code) => ({ method, name, refusal: { ...refusal, code }, code })),
      ),
  );

  /** Where the call takes another way. All others: see REFUSED. */
  const OTHER_WAYS: Readonly<Record<string, 'filed' | 'anew' | 'for the default user' | 'later'>> = {
    [`${REGISTER} userNotFound`]: 'filed',
    [`${FINISH} userNotFound`]: 'for the default user',
    [`${FINISH} callNotFound`]: 'anew',
    [`${FINISH} databaseError`]: 'filed',
    [`${ATTACH} notFinishedYet`]: 'later',
    [`${ATTACH} downloadFailed`]: 'later',
    [`${STATISTIC} accessDenied`]: 'later',
  };

  it.each(own)('$method $name ("$code")', async ({ method, name, refusal }) => {
    const day = await openDay();
    prepare(day, method);
    day.portal.refusals.says(method, refusal, timesOf(method));
    const kinds = await wholeCall(day);
    const way = OTHER_WAYS[`${method} ${name}`] ?? REFUSED[method];

    expect(day.portal.refusals.hasSaid).toBe(true);
    if (way === 'stuck') {
      expect(kinds.at(-1)).toBe('stuck');
      const state = day.desk.store.state('call-1');
      expect(state).toMatchObject({ settled: false, problem: expect.any(String) as string });
      expect(state?.problem).toContain(refusal.description);
      return;
    }
    if (way === 'anew') {
      // The portal denies a registration that it has: it is made anew, and the first one is nobody's fault.
      expect(day.portal.state.statistics.size).toBe(1);
      const complaints = new Set(day.portal.audit().map(({ kind }) => kind));
      expect(complaints).toEqual(new Set(['never-finished', 'card-left-open']));
      return;
    }
    if (way === 'without recording')
      expect(day.desk.store.state('call-1')?.problem).toBe(`recording refused: ${PATH}`);
    expectFiledOnce(day, {
      recordings: way === 'without recording' ? 0 : 1,
      user: way === 'for the default user' ? '9' : '2',
    });
  });
});

describe.each([REGISTER, SHOW, HIDE, 'batch', 'upload', STATISTIC])('the way to %s and back', (method) => {
  const faults: Fault[] = [
    { kind: 'hang', ms: 2_000 },
    { kind: 'execute-then-hang', ms: 2_000 },
    { kind: 'drop' },
    { kind: 'execute-then-drop' },
    { kind: 'html' },
    { kind: 'execute-then-html' },
    { kind: 'html', status: 503 },
    { kind: 'html', status: 504 },
    { kind: 'execute-then-html', status: 500 },
    { kind: 'html', status: 200 },
    { kind: 'execute-then-html', status: 200 },
    { kind: 'execute-then-cut' },
    { kind: 'server-error' },
    { kind: 'execute-then-server-error' },
  ];

  it.each(faults)('$kind $status', async (fault) => {
    const day = await openDay(fault.kind.endsWith('hang') ? IMPATIENT_MS : PATIENT_MS);
    if (method === STATISTIC) day.portal.inject({ kind: 'execute-then-drop', method: 'batch' });
    day.portal.inject({ ...fault, method });
    await wholeCall(day);
    expect(day.portal.requests.some((request) => request.fault === fault.kind)).toBe(true);
    expectFiledOnce(day);
  });

  const bodies: [string, PortalReply][] = [
    ['an empty body', { status: 200, headers: {}, body: '' }],
    ['an empty body with 500', { status: 500, headers: {}, body: '' }],
    ['JSON that is no answer', { status: 200, headers: {}, body: '{"hello":1}' }],
    ['JSON of the wrong type', { status: 200, headers: {}, body: '{"result":{"CALL_ID":7,"result":5}}' }],
    ['a list', { status: 200, headers: {}, body: '[]' }],
    ['null', { status: 200, headers: {}, body: 'null' }],
  ];

  it.each(bodies)('%s, with nothing done', async (_what, reply) => {
    const day = await openDay();
    if (method === STATISTIC) day.portal.inject({ kind: 'execute-then-drop', method: 'batch' });
    // An upload has no documented answer: whatever comes with 200 is one.
    if (method === 'upload' && reply.status === 200) return;
    day.portal.refusals.says(method === 'upload' ? 'upload' : method, reply);
    await wholeCall(day);
    expectFiledOnce(day);
  });
});

describe('a storm', () => {
  it.each([REGISTER, SHOW, HIDE, 'batch', 'upload'])(
    'of 503 at %s is weathered, and the governor hears of each',
    async (method) => {
      const day = await openDay();
      day.portal.inject({ kind: 'rate-limited', method, times: 6 });
      const kinds = await wholeCall(day);
      expect(kinds.filter((kind) => kind === 'listed')).toHaveLength(6);
      expect(day.desk.penalties).toHaveLength(6);
      expectFiledOnce(day);
    },
  );

  it('of everything at once leaves one call, filed once', async () => {
    const day = await openDay(IMPATIENT_MS);
    day.portal.inject(
      { kind: 'execute-then-drop', method: REGISTER },
      { kind: 'execute-then-hang', ms: 2_000, method: SHOW },
      { kind: 'rate-limited', method: HIDE, times: 2 },
      { kind: 'execute-then-html', method: 'batch' },
      { kind: 'server-error', method: FINISH, times: 2 },
      { kind: 'drop', method: STATISTIC },
      { kind: 'execute-then-cut', method: 'upload' },
    );
    await wholeCall(day);
    expectFiledOnce(day);
  });
});

describe('a method that is blocked for its working time', () => {
  it.each([REGISTER, SHOW, HIDE, FINISH, ATTACH])(
    '%s: waits until the moment that the portal names',
    async (method) => {
      const day = await openDay();
      const learnt: unknown[] = [];
      day.desk.deps.rate.learn = (_portalId, news) => Promise.resolve(void learnt.push(...news));
      day.portal.inject({ kind: 'operation-limit', resetInSeconds: 400, method });
      const before = day.clock.now();
      const kinds = await wholeCall(day);
      expect(learnt).toContainEqual(expect.objectContaining({ method, blocked: true }));
      // Shows and hides of a moment that is over by then are not asked for any more.
      if (kinds.includes('wait')) expect(day.clock.now() - before).toBeGreaterThanOrEqual(400_000);
      expectFiledOnce(day);
    },
  );
});

describe('a token that expires in the middle of a call', () => {
  it('is renewed when the portal refuses it, and each step is taken once', async () => {
    const day = await openDay();
    const { portal, desk, phone, clock } = day;
    const renewed: string[] = [];
    desk.settings = { ...desk.settings, accessToken: portal.issueToken() };
    desk.renew = (stale) => {
      renewed.push(stale);
      const accessToken = portal.issueToken();
      desk.settings = { ...desk.settings, accessToken };
      return Promise.resolve(accessToken);
    };
    phone.comesIn().rings('1001', '1002');
    await run(day);
    for (const next of [
      () => phone.wait(5).answers('1002', PATH),
      () => phone.wait(60).recorded(PATH).hangsUp(),
    ]) {
      clock.advance(2 * HOUR);
      next();
      await run(day);
    }
    expect(renewed).toHaveLength(2);
    expect(new Set(renewed).size).toBe(2);
    const done = portal.requests
      .filter(({ ok, method }) => ok && method !== 'batch')
      .map(({ method }) => method);
    expect(done).toEqual([REGISTER, SHOW, HIDE, FINISH, ATTACH, 'upload']);
    expectFiledOnce(day);
  });

  it('that is refused whoever renews it leaves the call waiting, with nothing in doubt', async () => {
    const day = await openDay();
    day.portal.inject({ kind: 'expired-token', times: 4 });
    const kinds = await wholeCall(day);
    expect(kinds.slice(0, 3)).toEqual(['wait', 'wait', 'agreed']);
    expectFiledOnce(day);
  });
});

describe('a portal that was renamed', () => {
  it('is followed with the same words, and its new address is told', async () => {
    const day = await openDay();
    const { portal, desk } = day;
    const [door] = doors;
    const newOrigin = door?.origin.replace('127.0.0.1', 'localhost') ?? '';
    portal.rename(newOrigin);
    await wholeCall(day);
    expect(new Set(desk.troubles)).toEqual(new Set([`${newOrigin}/rest/`]));
    expectFiledOnce(day);
  });

  it('to an address that nobody may call is not followed: the call waits, and says why', async () => {
    const day = await openDay();
    day.portal.rename('http://10.1.2.3');
    day.phone.comesIn().rings('1001');
    const outcome = await day.desk.sync(day.phone.call);
    expect(outcome).toMatchObject({ kind: 'wait', error: { kind: 'redirected' } });
    expect(day.desk.store.portalCall('call-1').inFlight).toBeUndefined();
  });
});

describe('a lead that was not created', () => {
  it('is shown, and the call is filed', async () => {
    const day = await openDay();
    day.portal.inject({ kind: 'lead-creation-error', method: REGISTER, text: 'No rights' });
    await wholeCall(day);
    expectFiledOnce(day);
    expect(day.desk.store.state('call-1')?.problem).toContain('No rights');
  });
});
