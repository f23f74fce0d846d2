import { FakePortal, ManualClock, type Fault } from '@app/testkit';
import type { PortalSettings } from './ports';
import { Desk } from './testing/desk';
import { PhoneCall } from './testing/phone-call';

const REGISTER = 'telephony.externalCall.register';
const SHOW = 'telephony.externalCall.show';
const HIDE = 'telephony.externalCall.hide';
const FINISH = 'telephony.externalCall.finish';
const ATTACH = 'telephony.externalCall.attachRecord';
const STATISTIC = 'voximplant.statistic.get';
const PATH = '/recordings/call-1.wav';

/** The rows of the portal's statistics: what is filed. */
const filed = (portal: FakePortal) => [...portal.state.statistics.values()];

function openDesk(changes: Partial<PortalSettings> = {}) {
  const clock = new ManualClock();
  const portal = new FakePortal({ clock, rateLimit: false });
  const desk = new Desk(portal, clock, changes);
  const phone = new PhoneCall('call-1', clock.now());
  return { clock, portal, desk, phone };
}

/** Tells a whole call with its recording, synchronising at every turn, to the end. */
async function wholeCall({ clock, desk, phone }: ReturnType<typeof openDesk>) {
  desk.recording = { kind: 'file', localPath: __filename, bytes: 1, torn: false };
  await desk.syncToTheEnd(phone.comesIn().rings('1001', '1002').call);
  await desk.syncToTheEnd(phone.wait(5).answers('1002', PATH).call);
  const outcome = await desk.syncToTheEnd(phone.wait(60).recorded(PATH).hangsUp().call);
  clock.advance(1000);
  return outcome;
}

const METHODS = [REGISTER, SHOW, HIDE, FINISH, ATTACH, 'upload'];
const FAULTS: Fault[] = [
  { kind: 'rate-limited' },
  { kind: 'operation-limit' },
  { kind: 'overloaded' },
  { kind: 'expired-token' },
  { kind: 'server-error' },
  { kind: 'execute-then-server-error' },
  { kind: 'hang' },
  { kind: 'execute-then-hang' },
  { kind: 'drop' },
  { kind: 'execute-then-drop' },
  { kind: 'html' },
  { kind: 'execute-then-html' },
  // Once: cut in the middle, the refusal of a repeated finish is a refusal that nobody can read.
  { kind: 'execute-then-cut', times: 1 },
];

describe.each(METHODS)('whatever happens to %s', (method) => {
  it.each(FAULTS)('$kind: the call is filed once, as if nothing had been', async (fault) => {
    const day = openDesk();
    day.portal.inject({ times: 2, ...fault, method });
    expect(await wholeCall(day)).toMatchObject({ kind: 'settled' });

    const { state, screens } = day.portal;
    expect(day.portal.audit()).toEqual([]);
    expect(filed(day.portal)).toHaveLength(1);
    expect(filed(day.portal)[0]).toMatchObject({
      PORTAL_USER_ID: '2',
      CALL_DURATION: '60',
      CALL_FAILED_CODE: '200',
    });
    expect(state.recordings.size).toBe(1);
    expect([1, 2, 3].flatMap((userId) => screens.openOn(userId))).toEqual([]);
  });
});

describe('the request limit of the portal', () => {
  it('is told to the governor, and nothing is lost or counted as a failure', async () => {
    const { desk, clock, phone, portal } = openDesk();
    portal.inject({ kind: 'rate-limited' });
    const outcome = await desk.sync(phone.comesIn().rings('1001').call);
    expect(outcome).toMatchObject({ kind: 'listed', isFirst: true });
    expect(desk.turns.waiting).toMatchObject([{ callId: 'call-1', stepClass: 'live-card' }]);
    expect(desk.penalties).toEqual([clock.now()]);
    expect(desk.store.portalCall('call-1').inFlight).toBeUndefined();
  });
});

describe('waits', () => {
  it('for the portal to lift a block at the time that it names', async () => {
    const { desk, clock, phone, portal } = openDesk();
    portal.inject({ kind: 'operation-limit', resetInSeconds: 400 });
    const outcome = await desk.sync(phone.comesIn().rings('1001').call);
    expect(outcome).toMatchObject({ kind: 'wait', until: clock.now() + 400_000 });
  });

  it('for a person ever longer, up to an hour, and the step stays', async () => {
    const { desk, clock, phone, portal } = openDesk();
    portal.inject({ kind: 'redirect', to: 'https://login.example/', times: 3 });
    const call = phone.comesIn().rings('1001').call;
    const waits: number[] = [];
    for (const passed of [0, 600_000, 86_400_000]) {
      clock.advance(passed);
      const outcome = await desk.sync(call);
      if (outcome.kind === 'wait') waits.push(outcome.until - clock.now());
    }
    expect(waits).toEqual([60_000, 300_000, 3_600_000]);
    expect(await desk.sync(call)).toMatchObject({ kind: 'agreed' });
  });
});

describe('a lost answer', () => {
  it('to register: the same words again, and one call in the portal', async () => {
    const { desk, phone, portal } = openDesk();
    portal.inject({ kind: 'execute-then-drop', method: REGISTER });
    const outcome = await desk.sync(phone.comesIn().rings('1001').call);
    expect(outcome).toMatchObject({ kind: 'retry', error: { verdict: 'unknown-outcome' } });
    // Meanwhile somebody else's phone rings: the repetition is still for user 1.
    await desk.syncToTheEnd(phone.hangsUp('LOSE_RACE').comesIn().rings('1002').call);
    const [first, second] = portal.requestsTo(REGISTER);
    expect({ ...second?.params, SHOW: 1 }).toEqual(first?.params);
    expect(portal.state.calls.all).toHaveLength(1);
  });

  it('to show: the card may be open, so it is hidden when it is no longer true', async () => {
    const { desk, phone, portal } = openDesk();
    portal.inject({ kind: 'execute-then-hang', method: SHOW });
    await desk.sync(phone.comesIn().rings('1001', '1002').call);
    await desk.syncToTheEnd(phone.answers('1001').call);
    expect(portal.requestsTo(SHOW)).toHaveLength(1);
    expect(portal.requestsTo(HIDE).map(({ params }) => params.USER_ID)).toEqual([[2]]);
    expect(portal.screens.openOn(2)).toEqual([]);
  });

  it('to finish: refused when repeated, and confirmed by the statistics', async () => {
    const { desk, phone, portal } = openDesk();
    portal.inject({ kind: 'execute-then-drop', method: FINISH });
    const outcome = await desk.syncToTheEnd(phone.comesIn().rings('1001').wait(9).hangsUp().call);
    expect(outcome.kind).toBe('settled');
    expect(portal.requestsTo(FINISH)).toHaveLength(2);
    expect(portal.requestsTo(STATISTIC)).toHaveLength(1);
    expect(filed(portal)).toHaveLength(1);
  });
});

describe('a registration that the portal forgot', () => {
  it('is made anew, and the call is filed', async () => {
    const { desk, phone, portal } = openDesk();
    await desk.sync(phone.comesIn().rings('1001').call);
    const [forgotten] = portal.state.calls.all;
    jest.spyOn(portal.state.calls, 'repeated').mockReturnValue(undefined);
    const open = portal.state.calls.open.bind(portal.state.calls);
    jest
      .spyOn(portal.state.calls, 'open')
      .mockImplementation((id) => (id === forgotten?.id ? undefined : open(id)));

    const outcome = await desk.syncToTheEnd(phone.wait(9).hangsUp().call);
    expect(outcome.kind).toBe('settled');
    expect(portal.requestsTo(REGISTER).map(({ params }) => params.SHOW)).toEqual([1, 0]);
    expect(filed(portal)).toMatchObject([{ EXTERNAL_CALL_ID: 'call-1' }]);
  });

  it.each([SHOW, HIDE])('also when %s is the first to find out', async (method) => {
    const { desk, phone, portal } = openDesk();
    await desk.sync(phone.comesIn().rings('1001').call);
    const [forgotten] = portal.state.calls.all;
    const open = portal.state.calls.open.bind(portal.state.calls);
    jest
      .spyOn(portal.state.calls, 'open')
      .mockImplementation((id) => (id === forgotten?.id ? undefined : open(id)));
    jest.spyOn(portal.state.calls, 'repeated').mockReturnValue(undefined);

    if (method === SHOW) phone.rings('1002');
    else phone.rings('1002').answers('1002');
    expect(await desk.syncToTheEnd(phone.call)).toMatchObject({ kind: 'agreed' });
    expect(portal.requestsTo(REGISTER)).toHaveLength(2);
    expect(portal.requestsTo(method)).not.toHaveLength(0);
  });
});

describe('a user whom the portal refuses', () => {
  it('is replaced by the default user, at register and at finish', async () => {
    const { desk, phone, portal } = openDesk();
    portal.company.users.filter(({ id }) => id === 1).forEach((user) => (user.active = false));
    const outcome = await desk.syncToTheEnd(
      phone.comesIn().rings('1001').wait(3).answers('1001').wait(9).hangsUp().call,
    );
    expect(outcome.kind).toBe('settled');
    expect(filed(portal)).toMatchObject([{ PORTAL_USER_ID: '9' }]);
  });

  it('is a matter for people when he is the default user himself', async () => {
    const { desk, phone, portal } = openDesk({ users: [] });
    portal.company.users.filter(({ id }) => id === 9).forEach((user) => (user.active = false));
    const outcome = await desk.syncToTheEnd(phone.comesIn().rings('1001').wait(9).hangsUp().call);
    expect(outcome).toMatchObject({
      kind: 'stuck',
      reason: expect.stringMatching(/User is not found/) as string,
    });
    expect(desk.store.state('call-1')).toMatchObject({
      settled: false,
      problem: expect.stringMatching(/^register: /) as string,
    });
    expect(desk.store.portalCall('call-1').stuck).toMatchObject({ step: 'register' });
    // Looked at again by itself: settings that changed in this very moment would have found nobody to wake.
    expect(desk.store.state('call-1')?.notBefore).toBe(desk.clock.now() + 60_000);
    const before = portal.requests.length;
    await desk.sync(phone.call);
    expect(portal.requests).toHaveLength(before);
  });
});

describe('a recording', () => {
  const talk = (phone: PhoneCall, path = PATH) =>
    phone.comesIn().rings('1001').wait(4).answers('1001', path).wait(30).recorded(path).hangsUp().call;

  it('is sent as Base64 text where the portal wants it so', async () => {
    const { desk, phone, portal } = openDesk({ recordingUpload: 'base64' });
    desk.recording = { kind: 'file', localPath: __filename, bytes: 1, torn: false };
    await desk.sync(talk(phone));
    expect(portal.requestsTo('upload')).toEqual([]);
    const [file] = portal.state.recordings.values();
    expect(file?.fileName).toBe('call-1.wav');
    expect(Buffer.from(file?.bytes ?? []).toString()).toContain('is sent as Base64 text');
  });

  it.each(['missing', 'empty', 'unreadable'] as const)(
    'that is %s settles the call, and it shows',
    async (kind) => {
      const { desk, phone, portal } = openDesk();
      desk.recording = { kind, detail: 'so it is' };
      expect(await desk.sync(talk(phone))).toMatchObject({ kind: 'settled' });
      expect(portal.requestsTo(ATTACH)).toEqual([]);
      expect(desk.store.portalCall('call-1').failedRecordings).toEqual([{ path: PATH, reason: kind }]);
      expect(desk.store.state('call-1')?.problem).toBe(`recording ${kind}: ${PATH}`);
    },
  );

  it('of a kind that the portal does not take is not sent', async () => {
    const { desk, phone, portal } = openDesk();
    expect(await desk.sync(talk(phone, '/recordings/call-1.ogg'))).toMatchObject({ kind: 'settled' });
    expect(portal.requestsTo(ATTACH)).toEqual([]);
    expect(desk.store.state('call-1')?.problem).toBe('recording refused: /recordings/call-1.ogg');
  });
});

describe('a crash', () => {
  const stages = ['before the request', 'after the answer'] as const;
  const methods = [REGISTER, SHOW, HIDE, FINISH, ATTACH];

  it.each(methods.flatMap((method) => stages.map((stage) => [method, stage] as const)))(
    'in %s, %s: another run ends as if nothing had been',
    async (method, stage) => {
      const day = openDesk();
      const { desk, portal } = day;
      const send = portal.asFetch();
      let crashes = 1;
      jest.spyOn(portal, 'asFetch').mockReturnValue((input, init) => {
        const due = crashes > 0 && new Request(input).url.endsWith(method);
        if (due && stage === 'before the request') throw new Error('the process died');
        return send(input, init);
      });
      // The process dies inside a step: nothing that comes after begin() is written.
      const settle = desk.store.settle.bind(desk.store);
      jest.spyOn(desk.store, 'settle').mockImplementation((settled) => {
        const died =
          crashes > 0 && settled.some(({ ledger }) => ledger.some((entry) => entry.method === method));
        if (!died) return settle(settled);
        crashes -= 1;
        return Promise.reject(new Error('the process died'));
      });

      expect(await wholeCall(day)).toMatchObject({ kind: 'settled' });
      expect(crashes).toBe(0);
      expect(portal.state.calls.all).toHaveLength(1);
      expect(filed(portal)).toHaveLength(1);
      expect(portal.state.recordings.size).toBe(1);
      // The answer to the first finish came, but died with the process.
      expect(portal.audit().filter(({ kind }) => kind !== 'second-finish')).toEqual([]);
      expect([1, 2, 3].flatMap((userId) => portal.screens.openOn(userId))).toEqual([]);
    },
  );
});

describe('a step that never gets an answer', () => {
  it('is given up after weeks, and shown', async () => {
    const { desk, clock, phone, portal } = openDesk();
    portal.inject({ kind: 'server-error', method: FINISH, times: 100 });
    const call = phone.comesIn().rings('1001').wait(9).hangsUp().call;
    await desk.sync(call);
    clock.advance(13 * 86_400_000);
    expect(await desk.sync(call)).toMatchObject({ kind: 'retry' });
    clock.advance(2 * 86_400_000);
    expect(await desk.sync(call)).toMatchObject({
      kind: 'stuck',
      reason: expect.stringMatching(/^finish: given up/) as string,
    });
  });
});
