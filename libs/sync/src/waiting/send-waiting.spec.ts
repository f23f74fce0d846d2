import { FakePortal, ManualClock, type Fault } from '@app/testkit';
import type { PortalSettings, StepClass, TakenTurn } from '../ports';
import { syncCall } from '../sync-call';
import { Desk } from '../testing/desk';
import { PhoneCall } from '../testing/phone-call';
import { sendWaiting, type WaitingEnd } from './send-waiting';

const REGISTER = 'telephony.externalCall.register';
const SHOW = 'telephony.externalCall.show';
const FINISH = 'telephony.externalCall.finish';
const ATTACH = 'telephony.externalCall.attachRecord';
const PATH = '/recordings/talk.wav';
const HOUR = 3_600_000;

function openDesk(changes: Partial<PortalSettings> = {}) {
  const clock = new ManualClock();
  const portal = new FakePortal({ clock, rateLimit: false });
  const desk = new Desk(portal, clock, changes);
  const phones = (many: number) =>
    Array.from({ length: many }, (_, n) => new PhoneCall(`call-${n}`, clock.now()));
  /** The calls as the gateway has written them, their steps waiting for turns. */
  const wait = async (calls: readonly PhoneCall[], stepClass: StepClass, uploads: 0 | 1 = 0) => {
    for (const { call } of calls) desk.store.put(call, desk.settings);
    const steps = calls.map(({ callId }) => ({ callId, stepClass, uploads }));
    await desk.turns.add('portal-1', 'test', steps, clock.now());
  };
  const requests = () => portal.requests.filter(({ inBatch }) => inBatch === undefined);
  const asked = () => requests().map(({ method }) => method.replace('telephony.externalCall.', ''));
  const filed = () => [...portal.state.statistics.values()];
  return { clock, portal, desk, phones, wait, requests, asked, filed };
}

const ended = (phone: PhoneCall) => phone.comesIn().rings('1001').wait(4).answers('1001').wait(60).hangsUp();
const recorded = (phone: PhoneCall) =>
  phone.comesIn().rings('1001').wait(4).answers('1001', PATH).wait(60).recorded(PATH).hangsUp();

/** Sends until nobody waits any more; tries again what failed, as the queue would. */
async function sendAll({ desk, clock }: ReturnType<typeof openDesk>): Promise<void> {
  let isCautious = false;
  for (let run = 0; run < 40; run += 1) {
    const end: WaitingEnd | undefined = await sendWaiting(desk.deps, 'portal-1', { isCautious }).catch(
      () => undefined,
    );
    isCautious = end === undefined;
    if (!end) clock.advance(2_000);
    else if (end.kind === 'wait') clock.advance(end.until - clock.now());
    else return;
  }
  throw new Error('it never ends');
}

/** Looks again at whoever has to be looked at again, as the sweeper would, until nobody has. */
async function settleAll(day: ReturnType<typeof openDesk>, calls: readonly PhoneCall[]): Promise<void> {
  const { desk, clock } = day;
  for (let round = 0; round < 30; round += 1) {
    await sendAll(day);
    const open = calls.filter(({ callId }) => desk.store.state(callId)?.settled !== true);
    if (open.length === 0) return;
    clock.advance(HOUR / 12);
    for (const { callId } of open) await syncCall(desk.deps, callId);
  }
  throw new Error('they are never settled');
}

describe('cards that wait', () => {
  it('are shown in one request, and each call is as far as it can be', async () => {
    const { desk, phones, wait, asked, portal, clock } = openDesk();
    const calls = phones(3);
    for (const phone of calls) await desk.sync(phone.comesIn().rings('1001').call);
    await wait(
      calls.map((phone) => phone.rings('1002')),
      'live-card',
    );
    // The first card of each was shown just now: the second goes with those that may follow in a moment.
    const end = await desk.sendWaiting();
    expect(end).toEqual({ kind: 'wait', until: clock.now() + 150 });
    clock.advance(150);
    expect(await desk.sendWaiting()).toEqual({ kind: 'nobody' });
    expect(asked().slice(3)).toEqual(['batch']);
    expect(portal.requestsTo(SHOW)).toHaveLength(3);
    for (const { callId, call } of calls)
      expect(desk.store.state(callId)).toMatchObject({ version: call.version, settled: false });
    expect(portal.screens.openOn(2)).toHaveLength(3);
  });

  it('are sent as they are when only one waits', async () => {
    const { desk, phones, wait, asked } = openDesk();
    await wait(
      phones(1).map((phone) => phone.comesIn().rings('1001')),
      'live-card',
    );
    await desk.sendWaiting();
    expect(asked()).toEqual(['register']);
  });

  it('are shown only if they are still true', async () => {
    const { desk, phones, wait, portal, filed } = openDesk();
    const calls = phones(2).map((phone) => phone.comesIn().rings('1001'));
    await wait(calls, 'live-card');
    for (const phone of calls) desk.store.put(phone.wait(9).hangsUp().call, desk.settings);
    await desk.sendWaiting();
    expect(portal.requestsTo(REGISTER).map(({ params }) => params.SHOW)).toEqual(['0', '0']);
    expect(filed()).toHaveLength(2);
  });

  it('that have become something less urgent wait for a turn of their own', async () => {
    const { desk, phones, wait, clock } = openDesk();
    const [phone] = phones(1).map((one) => one.comesIn().rings('1001'));
    await wait([phone!], 'live-card');
    desk.store.put(phone!.hangsUp().call, desk.settings);
    const take = jest.spyOn(desk.turns, 'take');
    clock.advance(500);
    await desk.sendWaiting();
    const turns = await Promise.all(take.mock.results.map(({ value }) => value as Promise<TakenTurn>));
    const steps = turns.flatMap((turn) => (turn.kind === 'taken' ? turn.steps : []));
    expect(steps).toMatchObject([
      { stepClass: 'live-card', readyAt: clock.now() - 500 },
      { stepClass: 'finish', readyAt: clock.now() },
      { stepClass: 'finish' },
    ]);
  });
});

describe('calls that wait to be filed', () => {
  it('are registered together and finished together', async () => {
    const day = openDesk();
    const calls = day.phones(60).map(ended);
    day.clock.advance(3 * HOUR);
    await day.wait(calls, 'backfill');
    expect(await day.desk.sendWaiting()).toEqual({ kind: 'nobody' });
    expect(day.filed()).toHaveLength(60);
    expect(day.portal.audit()).toEqual([]);
    // 120 steps: 50 and 10 calls in a batch, registered and finished.
    expect(day.requests()).toHaveLength(4);
    expect(calls.every(({ callId }) => day.desk.store.state(callId)?.settled)).toBe(true);
  });

  it('have a row each in the ledger, with the batch that they share and the turn it had', async () => {
    const { desk, phones, wait } = openDesk();
    await wait(phones(2).map(ended), 'finish');
    await desk.sendWaiting();
    const rows = desk.store.ledger.map(({ callId, method, turn, stepClass }) => [
      ...[callId, method, turn, stepClass],
    ]);
    expect(rows).toEqual([
      ['call-0', REGISTER, 1, 'finish'],
      ['call-1', REGISTER, 1, 'finish'],
      ['call-0', FINISH, 2, 'finish'],
      ['call-1', FINISH, 2, 'finish'],
    ]);
    const batches = desk.store.ledger.map(({ batchId }) => batchId);
    expect(new Set(batches).size).toBe(2);
    expect(batches[0]).toBe(batches[1]);
    expect(desk.store.ledger[0]).toMatchObject({
      status: 200,
      params: { EXTERNAL_CALL_ID: 'call-0' },
      answer: { result: { CALL_ID: expect.any(String) as string } },
    });
    expect(JSON.stringify(desk.store.ledger)).not.toContain(desk.settings.accessToken);
  });

  it('get their recordings: the addresses in one request, the files one by one', async () => {
    const day = openDesk();
    day.desk.recording = { kind: 'file', localPath: __filename, bytes: 1, torn: false };
    await day.wait(day.phones(3).map(recorded), 'finish');
    await day.desk.sendWaiting();
    expect(day.asked()).toEqual(['batch', 'batch', 'batch', 'upload', 'upload', 'upload']);
    expect(day.portal.state.recordings.size).toBe(3);
    expect(day.portal.audit()).toEqual([]);
  });

  it('without their recordings are settled without them', async () => {
    const day = openDesk();
    await day.wait(day.phones(2).map(recorded), 'finish');
    await day.desk.sendWaiting();
    expect(day.portal.requestsTo(ATTACH)).toEqual([]);
    expect(day.desk.store.state('call-1')).toMatchObject({
      settled: true,
      problem: expect.stringMatching(/^recording missing/) as string,
    });
  });

  it('send recordings as text one by one, where the portal wants that', async () => {
    const day = openDesk({ recordingUpload: 'base64' });
    day.desk.recording = { kind: 'file', localPath: __filename, bytes: 1, torn: false };
    await day.wait(day.phones(2).map(recorded), 'finish');
    await day.desk.sendWaiting();
    expect(day.asked()).toEqual(['batch', 'batch', 'attachRecord', 'attachRecord']);
    expect(day.portal.state.recordings.size).toBe(2);
  });

  it('are left to whoever works on them at the moment', async () => {
    const day = openDesk();
    await day.wait(day.phones(2).map(ended), 'finish');
    day.desk.heldByOthers.add('call-0');
    expect(await day.desk.sendWaiting()).toEqual({ kind: 'wait', until: day.clock.now() + 2_000 });
    expect(day.filed()).toMatchObject([{ EXTERNAL_CALL_ID: 'call-1' }]);
    day.desk.heldByOthers.clear();
    day.clock.advance(2_000);
    await day.desk.sendWaiting();
    expect(day.filed()).toHaveLength(2);
  });

  it('go alone when their words are none that a batch can carry', async () => {
    const day = openDesk();
    const [strange, ...others] = day.phones(3).map(ended);
    await day.wait([strange!, ...others], 'finish');
    day.desk.store.put(strange!.call, {
      ...day.desk.settings,
      crm: { ...day.desk.settings.crm, inbound: { create: true, source: '$result[step_0]' } },
    });
    await day.desk.sendWaiting();
    expect(day.asked()[0]).toBe('register');
    expect(day.filed()).toHaveLength(3);
  });

  it('whose method has no working time left wait for it, and the others go', async () => {
    const day = openDesk();
    const calls = day.phones(2);
    await day.desk.sync(calls[0]!.comesIn().rings('1001').call);
    ended(calls[1]!);
    await day.wait([calls[0]!.hangsUp(), calls[1]!], 'finish');
    const until = day.clock.now() + 90_000;
    day.desk.deps.rate.operatingWaits = (_portalId, asked) =>
      Promise.resolve(asked.map(({ method }) => (method === REGISTER ? until : undefined)));
    await day.desk.sendWaiting();
    expect(day.filed()).toMatchObject([{ EXTERNAL_CALL_ID: 'call-0' }]);
    expect(day.desk.store.state('call-1')).toMatchObject({ notBefore: until, settled: false });
  });
});

describe('whatever happens to a batch', () => {
  const FAULTS: Fault[] = [
    { kind: 'rate-limited' },
    { kind: 'overloaded' },
    { kind: 'server-error' },
    { kind: 'execute-then-server-error' },
    { kind: 'hang' },
    { kind: 'execute-then-hang' },
    { kind: 'drop' },
    { kind: 'execute-then-drop' },
    { kind: 'html' },
    { kind: 'execute-then-html' },
    { kind: 'execute-then-cut' },
  ];

  it.each(FAULTS.flatMap((fault) => [1, 2, 3].map((nth) => ({ ...fault, nth }))))(
    '$kind, in the one that comes as number $nth: each call is filed once',
    async (fault) => {
      const day = openDesk();
      day.desk.recording = { kind: 'file', localPath: __filename, bytes: 1, torn: false };
      const calls = day.phones(4).map(recorded);
      await day.wait(calls, 'finish');
      day.portal.inject({ ...fault, method: 'batch' });
      await settleAll(day, calls);
      expect(day.portal.audit()).toEqual([]);
      expect(day.filed()).toHaveLength(4);
      expect(day.portal.state.recordings.size).toBe(4);
    },
  );

  it.each(
    [REGISTER, FINISH, ATTACH].flatMap((method) =>
      (['operation-limit', 'server-error', 'execute-then-server-error', 'empty-error-code'] as const).map(
        (kind) => ({
          kind,
          method,
        }),
      ),
    ),
  )('$kind of one $method in it: the others get on, and it is filed once', async (fault) => {
    const day = openDesk();
    day.desk.recording = { kind: 'file', localPath: __filename, bytes: 1, torn: false };
    const calls = day.phones(4).map(recorded);
    await day.wait(calls, 'finish');
    day.portal.inject({ ...fault, nth: 2 });
    await settleAll(day, calls);
    expect(day.portal.audit()).toEqual([]);
    expect(day.filed()).toHaveLength(4);
    expect(day.portal.state.recordings.size).toBe(4);
  });
});

describe('a request that fails as a whole', () => {
  it('has everybody wait again, in the order they had, and the one who sends take a rest', async () => {
    const day = openDesk();
    const calls = day.phones(3).map(ended);
    await day.wait(calls, 'finish');
    const before = day.desk.turns.waiting;
    day.portal.inject({ kind: 'server-error', method: 'batch' });
    await expect(day.desk.sendWaiting()).rejects.toMatchObject({ kind: 'server-error' });
    expect(day.desk.turns.waiting.map(({ callId, readyAt }) => [callId, readyAt])).toEqual(
      before.map(({ callId, readyAt }) => [callId, readyAt]),
    );
  });

  it('is followed by a single step, and the others go when that has worked', async () => {
    const day = openDesk();
    await day.wait(day.phones(3).map(ended), 'finish');
    await sendWaiting(day.desk.deps, 'portal-1', { isCautious: true });
    expect(day.asked()).toEqual(['register', 'batch', 'batch']);
    expect(day.filed()).toHaveLength(3);
  });

  it('of a single step is this step’s own matter: its call is left alone, ever longer', async () => {
    const day = openDesk();
    const [phone] = day.phones(1).map(ended);
    await day.wait([phone!], 'finish');
    day.portal.inject({ kind: 'server-error', method: REGISTER, times: 9 });
    await expect(day.desk.sendWaiting()).rejects.toMatchObject({ kind: 'server-error' });
    expect(day.desk.turns.waiting).toEqual([]);
    expect(day.desk.store.state('call-0')).toMatchObject({
      settled: false,
      notBefore: day.clock.now() + 1_000,
      problem: expect.stringContaining('INTERNAL_SERVER_ERROR') as string,
    });
    day.clock.advance(600_000);
    await day.wait([phone!], 'finish');
    await expect(day.desk.sendWaiting()).rejects.toThrow();
    expect(day.desk.store.state('call-0')?.notBefore).toBe(day.clock.now() + 300_000);
  });

  it('again and again is given up after weeks, and shown', async () => {
    const day = openDesk();
    const [phone] = day.phones(1).map(ended);
    day.portal.inject({ kind: 'server-error', method: REGISTER, times: 9 });
    await day.wait([phone!], 'finish');
    await day.desk.sendWaiting().catch(() => undefined);
    day.clock.advance(10 * 60_000);
    await day.wait([phone!], 'backfill');
    await day.desk.sendWaiting().catch(() => undefined);
    day.clock.advance(15 * 24 * HOUR);
    await day.wait([phone!], 'backfill');
    await day.desk.sendWaiting().catch(() => undefined);
    expect(day.desk.store.state('call-0')).toMatchObject({
      problem: expect.stringMatching(/^register: given up/) as string,
    });
  });
});

describe('a portal that takes nothing', () => {
  it('has nobody wait for turns', async () => {
    const day = openDesk();
    await day.wait(day.phones(2).map(ended), 'finish');
    day.desk.turns.takings.push({ kind: 'closed', why: 'red', reason: 'install it again' });
    expect(await day.desk.sendWaiting()).toEqual({ kind: 'nobody' });
    expect(day.desk.turns.parked).toEqual(['portal-1']);
    expect(day.requests()).toEqual([]);
  });

  it('because its plan has no REST any more: it is told once, and all calls of the batch wait for it', async () => {
    const day = openDesk();
    await day.wait(day.phones(3).map(ended), 'finish');
    day.portal.conditions.hasRest = false;
    await day.desk.sendWaiting();
    expect(day.desk.troubles).toEqual(['no-rest-on-this-plan']);
    for (const callId of ['call-0', 'call-1', 'call-2'])
      expect(day.desk.store.state(callId)).toMatchObject({
        notBefore: day.clock.now() + HOUR,
        settled: false,
      });
  });

  it('because the vendor has blocked it: it is left alone for an hour', async () => {
    const day = openDesk();
    const blocks: number[] = [];
    day.desk.deps.rate.block = (_portalId, _egress, forMs) => Promise.resolve(void blocks.push(forMs));
    await day.wait(day.phones(2).map(ended), 'finish');
    day.portal.inject({ kind: 'overloaded', method: 'batch' });
    await day.desk.sendWaiting();
    expect([blocks, day.desk.troubles]).toEqual([[HOUR], ['blocked-by-vendor']]);
    expect(day.desk.store.state('call-0')).toMatchObject({ notBefore: day.clock.now() + HOUR });
  });
});

describe('a run', () => {
  it('says when the next turn is', async () => {
    const { desk, clock } = openDesk();
    desk.turns.takings.push({ kind: 'no-room', until: clock.now() + 700 });
    expect(await desk.sendWaiting()).toEqual({ kind: 'wait', until: clock.now() + 700 });
    Object.assign(desk.deps.gate, { enterAny: () => undefined });
    expect(await desk.sendWaiting()).toEqual({ kind: 'wait', until: clock.now() + 150 });
  });

  it('ends between two turns when the process is stopped', async () => {
    const day = openDesk();
    await day.wait(day.phones(2).map(ended), 'finish');
    const stop = new AbortController();
    stop.abort();
    expect(await sendWaiting(day.desk.deps, 'portal-1', { signal: stop.signal })).toEqual({
      kind: 'interrupted',
    });
    expect(day.requests()).toEqual([]);
  });

  it('gives its places back', async () => {
    const day = openDesk();
    let inside = 0;
    Object.assign(day.desk.deps.gate, {
      enterAny: () => {
        inside += 1;
        return { leave: () => (inside -= 1), least: 'directory' };
      },
    });
    await day.wait(day.phones(3).map(ended), 'finish');
    day.portal.inject({ kind: 'drop', method: 'batch' });
    await day.desk.sendWaiting().catch(() => undefined);
    expect(inside).toBe(0);
  });
});
