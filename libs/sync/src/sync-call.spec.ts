import { PortalError } from '@app/bitrix24';
import { FakePortal, ManualClock } from '@app/testkit';
import { CALLS_AS_USUAL } from './policy';
import { syncCall } from './sync-call';
import { Desk } from './testing/desk';
import { PhoneCall } from './testing/phone-call';

const REGISTER = 'telephony.externalCall.register';
const SHOW = 'telephony.externalCall.show';
const HIDE = 'telephony.externalCall.hide';
const FINISH = 'telephony.externalCall.finish';
const ATTACH = 'telephony.externalCall.attachRecord';

/** The rows of the portal's statistics: what is filed. */
const filed = (portal: FakePortal) => [...portal.state.statistics.values()];

function openDesk(changes: ConstructorParameters<typeof Desk>[2] = {}) {
  const clock = new ManualClock();
  const portal = new FakePortal({ clock, rateLimit: false });
  const desk = new Desk(portal, clock, changes);
  const phone = new PhoneCall('call-1', clock.now());
  const asked = () => portal.requests.map(({ method }) => method.replace('telephony.externalCall.', ''));
  const viewers = () => portal.screens.viewers(portal.state.calls.all[0]?.id ?? '');
  return { clock, portal, desk, phone, asked, viewers };
}

describe('a call that is answered', () => {
  it('is registered with a card for the first phone that rings, and shown to the others', async () => {
    const { desk, phone, portal, viewers } = openDesk();
    const outcome = await desk.sync(phone.comesIn().rings('1001', '1002').call);
    expect(outcome.kind).toBe('agreed');
    expect(portal.requestsTo(REGISTER).map(({ params }) => params)).toEqual([
      {
        USER_ID: 1,
        PHONE_NUMBER: '+79161234567',
        TYPE: 2,
        CALL_START_DATE: '2026-03-07T07:00:00+00:00',
        EXTERNAL_CALL_ID: 'call-1',
        LINE_NUMBER: 'line-1',
        SHOW: 1,
        CRM_CREATE: 1,
        CRM_SOURCE: 'CALL',
        ADD_TO_CHAT: 0,
      },
    ]);
    expect(portal.requestsTo(SHOW).map(({ params }) => params.USER_ID)).toEqual([[2]]);
    expect(viewers()).toEqual([1, 2]);
  });

  it('disappears from every other screen on answer, all at once', async () => {
    const { desk, phone, portal, viewers } = openDesk();
    await desk.sync(phone.comesIn().rings('1001', '1002', '1003').call);
    await desk.sync(phone.wait(5).answers('1002').call);
    expect(portal.requestsTo(HIDE).map(({ params }) => params.USER_ID)).toEqual([[1, 3]]);
    expect(viewers()).toEqual([2]);
  });

  it('is filed for who talked, and nobody sees a card any more', async () => {
    const { desk, phone, portal, viewers } = openDesk();
    await desk.sync(phone.comesIn().rings('1001', '1002').call);
    await desk.sync(phone.wait(5).answers('1002').call);
    const outcome = await desk.sync(phone.wait(61).hangsUp().call);
    expect(outcome.kind).toBe('settled');
    expect(portal.requestsTo(FINISH).map(({ params }) => params)).toMatchObject([
      { USER_ID: 2, DURATION: 61, STATUS_CODE: '200', ADD_TO_CHAT: 0 },
    ]);
    expect(viewers()).toEqual([]);
    expect(portal.audit()).toEqual([]);
    expect(desk.store.state('call-1')).toEqual({
      version: phone.call.version,
      settled: true,
      problem: undefined,
    });
  });

  it('takes one step for twenty changes: the portal sees only what is true now', async () => {
    const { desk, phone, asked } = openDesk();
    await desk.sync(
      phone.comesIn().rings('1001', '1002', '1003').wait(3).answers('1003').wait(30).hangsUp().call,
    );
    expect(asked()).toEqual(['register', 'finish']);
  });

  it('is looked at anew between two steps, so that a card for a caller who is gone is never shown', async () => {
    const { desk, phone, portal, asked } = openDesk();
    const ringing = phone.comesIn().rings('1001', '1002').call;
    const send = portal.asFetch();
    jest.spyOn(portal, 'asFetch').mockReturnValue(async (input, init) => {
      const answer = await send(input, init);
      if (portal.requests.length === 1)
        desk.store.put(phone.hangsUp('ORIGINATOR_CANCEL').call, desk.settings);
      return answer;
    });
    const outcome = await desk.sync(ringing);
    expect(outcome).toEqual({ kind: 'settled', version: phone.call.version });
    expect(asked()).toEqual(['register', 'hide', 'finish']);
  });

  it('is filed silently when it began and ended while the portal was away', async () => {
    const { clock, desk, phone, portal } = openDesk();
    const call = phone.comesIn().rings('1001').wait(4).answers('1001').wait(30).hangsUp().call;
    clock.advance(3 * 3600_000);
    await desk.sync(call);
    const [registration] = portal.requestsTo(REGISTER);
    expect(registration?.params).toMatchObject({ SHOW: 0, CALL_START_DATE: '2026-03-07T07:00:00+00:00' });
    expect(portal.screens.of(1)).toEqual([]);
    expect(filed(portal)).toHaveLength(1);
  });

  it('writes every request to the ledger, without the token', async () => {
    const { desk, phone } = openDesk();
    await desk.sync(phone.comesIn().rings('1001').wait(4).answers('1001').wait(30).hangsUp().call);
    expect(desk.store.ledger.map(({ step, method, status }) => [step, method, status])).toEqual([
      ['register', REGISTER, 200],
      ['finish', FINISH, 200],
    ]);
    expect(JSON.stringify(desk.store.ledger)).not.toContain(desk.settings.accessToken);
  });
});

describe('a call that nobody answers', () => {
  it('is one missed call of whose phone rang last, with the true cause', async () => {
    const { desk, phone, portal } = openDesk();
    await desk.sync(phone.comesIn().rings('1001', '1002').wait(20).hangsUp('ORIGINATOR_CANCEL').call);
    expect(filed(portal)).toMatchObject([
      { PORTAL_USER_ID: '2', CALL_FAILED_CODE: '304', CALL_DURATION: '0' },
    ]);
    expect(portal.requestsTo(FINISH)[0]?.params.FAILED_REASON).toMatch(/missed/);
  });
});

describe('a call of which somebody waits for who calls', () => {
  const KNOWN = '442079460101';

  it('is registered before anybody rings, without a card, and tells whom the CRM knows', async () => {
    const { desk, phone, portal, asked, viewers } = openDesk();
    expect(await desk.sync(phone.comesIn(KNOWN).call)).toMatchObject({ kind: 'agreed' });
    expect(asked()).toEqual([]);
    expect(await desk.sync(phone.asksWhoCalls().call)).toMatchObject({ kind: 'agreed' });
    expect(portal.requestsTo(REGISTER)[0]?.params).toMatchObject({ SHOW: 0, USER_ID: 9 });
    expect(desk.store.portalCall('call-1').client).toEqual({ type: 'CONTACT', id: 101 });
    await desk.sync(phone.rings('1002').call);
    expect(viewers()).toEqual([2]);
    await desk.sync(phone.answers('1002').wait(30).hangsUp().call);
    expect(asked()).toEqual(['register', 'show', 'finish']);
    expect(filed(portal)).toMatchObject([{ PORTAL_USER_ID: '2', CALL_FAILED_CODE: '200' }]);
  });

  it('is nobody whom the CRM knew, when he was created for this very call', async () => {
    const { desk, phone, portal } = openDesk();
    await desk.sync(phone.comesIn().asksWhoCalls().call);
    expect(portal.state.calls.all[0]?.created).toHaveLength(1);
    expect(desk.store.portalCall('call-1').client).toBeUndefined();
  });

  it('is filed once when he gives up while the portal looks for him, and the answer is lost', async () => {
    const { desk, phone, portal, asked } = openDesk();
    portal.inject({ kind: 'execute-then-drop', method: REGISTER });
    expect(await desk.sync(phone.comesIn(KNOWN).asksWhoCalls().call)).toMatchObject({ kind: 'retry' });
    await desk.sync(phone.hangsUp('ORIGINATOR_CANCEL').call);
    expect(asked()).toEqual(['register', 'register', 'finish']);
    expect(portal.state.calls.all).toHaveLength(1);
    expect(filed(portal)).toMatchObject([{ CALL_FAILED_CODE: '304' }]);
  });

  it('is not registered when its line is to be ignored', async () => {
    const calls = { ...CALLS_AS_USUAL, ignore: { numbers: [], lines: ['+74951234567'] } };
    const { desk, phone, asked } = openDesk({ calls });
    expect(await desk.sync(phone.comesIn(KNOWN).asksWhoCalls().call)).toMatchObject({ kind: 'agreed' });
    expect(asked()).toEqual([]);
  });
});

describe('finish when the recording is ready', () => {
  it('hides the card at the end, and finishes and attaches when the file is there', async () => {
    const { desk, phone, asked, viewers } = openDesk({ finishWhen: 'recording-ready' });
    const path = '/recordings/call-1.wav';
    desk.recording = { kind: 'file', localPath: __filename, bytes: 1, torn: false };
    await desk.sync(phone.comesIn().rings('1001').wait(4).answers('1001', path, '1001').call);
    const waiting = await desk.sync(phone.wait(30).ends('client').call);
    expect([waiting.kind, asked(), viewers()]).toEqual(['agreed', ['register', 'hide'], []]);
    const ready = await desk.sync(phone.wait(1).recorded(path).ends('1001').call);
    expect([ready.kind, asked().slice(2)]).toEqual([
      'settled',
      ['batch', 'finish', 'attachRecord', 'upload'],
    ]);
  });
});

describe('a call without a portal', () => {
  it('is filed nowhere and says so', async () => {
    const { desk, phone, portal } = openDesk();
    const call = phone.comesIn().rings('1001').hangsUp().call;
    desk.store.put(call, undefined);
    expect(await syncCall(desk.deps, 'call-1')).toEqual({ kind: 'no-portal', version: call.version });
    expect(desk.store.state('call-1')).toMatchObject({
      settled: true,
      problem: expect.stringMatching(/no portal/) as string,
    });
    expect(portal.requests).toEqual([]);
  });

  it('that is not there at all is no error', async () => {
    const { desk } = openDesk();
    expect(await syncCall(desk.deps, 'nobody')).toEqual({ kind: 'unknown-call' });
  });
});

describe('a process that is being stopped', () => {
  it('ends the step it is in and leaves the rest to others', async () => {
    const { desk, phone, portal, asked } = openDesk();
    const stop = new AbortController();
    const send = portal.asFetch();
    jest.spyOn(portal, 'asFetch').mockReturnValue((input, init) => {
      stop.abort();
      return send(input, init);
    });
    desk.store.put(phone.comesIn().rings('1001', '1002').call, desk.settings);
    expect(await syncCall(desk.deps, 'call-1', stop.signal)).toMatchObject({ kind: 'interrupted' });
    expect(asked()).toEqual(['register']);
    expect(await desk.sync(phone.call)).toMatchObject({ kind: 'agreed' });
    expect(asked()).toEqual(['register', 'show']);
  });
});

describe('turns', () => {
  it('a step whose turn has not come is not begun, and waits for it', async () => {
    const { desk, phone, portal } = openDesk();
    desk.turns.answers.push({ kind: 'listed', isFirst: true });
    const { version } = phone.comesIn().rings('1001').call;
    const outcome = await desk.sync(phone.call);
    expect(outcome).toEqual({ kind: 'listed', isFirst: true, version, portalId: 'portal-1' });
    expect(portal.requests).toEqual([]);
    expect(desk.store.portalCall('call-1').inFlight).toBeUndefined();
    expect(desk.store.state('call-1')).toBeUndefined();
  });

  it('a step that has no place asks all the same, so that it has one in the list', async () => {
    const { desk, phone } = openDesk();
    Object.assign(desk.deps.gate, { enter: () => undefined });
    const ask = jest.spyOn(desk.turns, 'ask');
    await desk.sync(phone.comesIn().rings('1001').call);
    expect(ask.mock.calls.map(([asked]) => [asked.hasPlace, asked.stepClass, asked.method])).toContainEqual([
      false,
      'live-card',
      REGISTER,
    ]);
  });

  it('a step whose method has no working time left is left for later', async () => {
    const { clock, desk, phone, portal } = openDesk();
    const until = clock.now() + 40_000;
    desk.turns.answers.push({ kind: 'over-budget', until });
    expect(await desk.sync(phone.comesIn().rings('1001').call)).toMatchObject({ kind: 'wait', until });
    expect(portal.requests).toEqual([]);
  });

  it('a call of a portal that is red waits until somebody mends it, and the portal is not asked', async () => {
    const { clock, desk, phone, portal } = openDesk();
    desk.turns.answers.push({ kind: 'closed', why: 'red', reason: 'install it again' });
    expect(await desk.sync(phone.comesIn().rings('1001').call)).toMatchObject({
      kind: 'wait',
      until: clock.now() + 3_600_000,
      error: { message: 'the portal takes nothing: install it again' },
    });
    expect(portal.requests).toEqual([]);
  });

  it('gives its place back whatever happens', async () => {
    const { desk, phone, portal } = openDesk();
    let inside = 0;
    Object.assign(desk.deps.gate, {
      enter: () => {
        inside += 1;
        return () => (inside -= 1);
      },
    });
    portal.inject({ kind: 'drop' });
    await desk.sync(phone.comesIn().rings('1001').call);
    expect(inside).toBe(0);
  });

  it('pays with one turn for the upload of a recording too', async () => {
    const { desk, phone, portal } = openDesk();
    const ask = jest.spyOn(desk.turns, 'ask');
    desk.recording = { kind: 'file', localPath: __filename, bytes: 1, torn: false };
    const path = '/recordings/call-1.wav';
    await desk.sync(
      phone.comesIn().rings('1001').answers('1001', path).wait(9).recorded(path).hangsUp().call,
    );
    expect(portal.requestsTo(ATTACH)).toHaveLength(1);
    const paid = ask.mock.calls.reduce((sum, [{ uploads }]) => sum + 1 + uploads, 0);
    expect(portal.requests.filter(({ inBatch }) => inBatch === undefined)).toHaveLength(paid);
  });
});

describe('a call that ends with its recording complete', () => {
  it('is finished and asks where to upload in one request', async () => {
    const { desk, phone, portal } = openDesk();
    desk.recording = { kind: 'file', localPath: __filename, bytes: 1, torn: false };
    const path = '/recordings/call-1.wav';
    await desk.sync(
      phone.comesIn().rings('1001').answers('1001', path).wait(9).recorded(path).hangsUp().call,
    );
    const requests = portal.requests.filter(({ inBatch }) => inBatch === undefined);
    expect(requests.map(({ method }) => method)).toEqual([REGISTER, 'batch', 'upload']);
    expect(portal.state.recordings.size).toBe(1);
    const rows = desk.store.ledger.map(({ step, method, batchId }) => [step, method, batchId !== undefined]);
    expect(rows).toEqual([
      ['register', REGISTER, false],
      ['finish', FINISH, true],
      ['attach-record', ATTACH, true],
      ['attach-record', 'upload', false],
    ]);
    expect(portal.audit()).toEqual([]);
  });
});

describe('a lead that the portal could not create', () => {
  it('is told to people, in the ledger and at the call, which is filed all the same', async () => {
    const { desk, phone, portal } = openDesk();
    portal.inject({ kind: 'lead-creation-error', method: REGISTER, text: 'No rights' });
    expect(await desk.sync(phone.comesIn().rings('1001').wait(9).hangsUp().call)).toMatchObject({
      kind: 'settled',
    });
    expect(filed(portal)).toHaveLength(1);
    expect(desk.store.state('call-1')).toMatchObject({
      settled: true,
      problem: 'the portal could not create a lead: No rights',
    });
    expect(JSON.stringify(desk.store.ledger[0]?.answer)).toContain('No rights');
  });
});

describe('an access token that has expired', () => {
  it('is renewed once, and the same words are sent again in the same run', async () => {
    const { desk, phone, portal } = openDesk();
    const renewed: string[] = [];
    desk.renew = (stale) => Promise.resolve((renewed.push(stale), portal.issueToken()));
    portal.inject({ kind: 'expired-token', method: REGISTER });
    expect(await desk.sync(phone.comesIn().rings('1001').call)).toMatchObject({ kind: 'agreed' });
    expect(renewed).toEqual([desk.settings.accessToken]);
    const [first, second] = portal.requestsTo(REGISTER);
    expect(second?.params).toEqual(first?.params);
    expect(desk.store.ledger.map(({ status }) => status)).toEqual([401, 200]);
  });

  it('is renewed for a batch as a whole', async () => {
    const { desk, phone, portal } = openDesk();
    desk.renew = () => Promise.resolve(portal.issueToken());
    desk.recording = { kind: 'file', localPath: __filename, bytes: 1, torn: false };
    portal.inject({ kind: 'expired-token', method: 'batch' });
    const path = '/recordings/call-1.wav';
    const call = phone.comesIn().rings('1001').answers('1001', path).wait(9).recorded(path).hangsUp().call;
    expect(await desk.sync(call)).toMatchObject({ kind: 'settled' });
    expect(filed(portal)).toHaveLength(1);
    expect(portal.requestsTo(FINISH)).toHaveLength(1);
  });

  it('that cannot be renewed now leaves the step undone, to be tried again', async () => {
    const { desk, phone, portal } = openDesk();
    desk.renew = () => Promise.reject(new Error('the database is away'));
    portal.inject({ kind: 'expired-token' });
    expect(await desk.sync(phone.comesIn().rings('1001').call)).toMatchObject({
      kind: 'retry',
      error: { message: expect.stringContaining('the database is away') as string },
    });
    expect(desk.store.portalCall('call-1').inFlight).toBeUndefined();
  });

  it('that can never be renewed is told of the portal, and the call waits for that', async () => {
    const { clock, desk, phone, portal } = openDesk();
    const dead = { method: 'oauth.token', kind: 'refresh-token-dead', verdict: 'ask-a-person' } as const;
    desk.renew = () =>
      Promise.reject(new PortalError({ ...dead, code: 'invalid_grant', description: 'dead' }));
    portal.inject({ kind: 'expired-token' });
    expect(await desk.sync(phone.comesIn().rings('1001').call)).toMatchObject({
      kind: 'wait',
      until: clock.now() + 3_600_000,
    });
    expect(desk.troubles).toEqual(['refresh-token-dead']);
    expect(desk.store.portalCall('call-1').inFlight).toBeUndefined();
  });

  it('whose successor is refused too is left alone for a while', async () => {
    const { clock, desk, phone, portal } = openDesk();
    desk.renew = () => Promise.resolve(portal.issueToken());
    portal.inject({ kind: 'expired-token', times: 2 });
    expect(await desk.sync(phone.comesIn().rings('1001').call)).toMatchObject({
      kind: 'wait',
      until: clock.now() + 10_000,
    });
    expect(portal.requests).toHaveLength(2);
  });
});
