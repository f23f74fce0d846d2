import { createTestDatabase } from '@app/testkit';
import { beginStep, endStep, unregistered, type PortalCall, type PortalStep } from '@app/calls';
import { CallStore } from '../calls/call.store';
import { DirectoryStore } from '../portals/directory.store';
import { readPortalSettings } from '../portals/portal-settings';
import { PortalStore } from '../portals/portal.store';
import { PORTAL_DEFAULTS } from '../testing/portal-defaults';
import { refusalOf } from '../testing/refusal-of';
import { clientLeg, employeeLeg, ringingCall, TEN_O_CLOCK } from '../testing/some-call';
import {
  ACME,
  GLOBEX,
  openTestStore,
  seedSwitchAndPortal,
  TEST_SECRETS,
  SWITCH_ID,
  type TestStore,
} from '../testing/test-store';
import type { LedgerEntry } from './call-to-sync';
import { PortalCallStore } from './portal-call.store';

let store: TestStore;
let portalCalls: PortalCallStore;
let directory: DirectoryStore;
let acme: string;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  acme = await seedSwitchAndPortal(store.dataSource);
  portalCalls = new PortalCallStore(store.dataSource, PORTAL_DEFAULTS, TEST_SECRETS);
  directory = new DirectoryStore(store.dataSource);
  await directory.registerSwitch(SWITCH_ID, ACME.domain);
  await new CallStore(store.dataSource).commit([{ call: ringingCall('c1'), events: [] }]);
});

afterAll(() => store.close());

const REGISTER: PortalStep = {
  kind: 'register',
  externalCallId: 'c1',
  userId: 12,
  phoneNumber: '+79161234567',
  type: 2,
  startedAt: TEN_O_CLOCK,
  show: true,
  crmCreate: true,
  crmSource: 'CALL',
  addToChat: false,
};

const exchange = (changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  callId: 'c1',
  portalId: acme,
  step: 'register',
  method: 'telephony.externalcall.register',
  params: { USER_ID: 12, auth: '[redacted]' },
  status: 200,
  answer: { result: { CALL_ID: 'b24-1' } },
  startedAt: TEN_O_CLOCK + 1000,
  durationMs: 80.4,
  ...changes,
});

async function registered(): Promise<PortalCall> {
  const begun = beginStep(unregistered('c1'), REGISTER, TEN_O_CLOCK);
  await portalCalls.load('c1');
  await portalCalls.begin([begun]);
  const settled = endStep(begun, REGISTER, { kind: 'registered', portalCallId: 'b24-1' });
  await portalCalls.settle([{ portalCall: settled, ledger: [exchange()] }]);
  return settled;
}

const ledger = () =>
  store.sql.rows('SELECT step, status, answer, duration_ms FROM portal_request ORDER BY request_id');

describe('loading a call', () => {
  it('gives its facts, its portal, and a portal that knows nothing of it yet', async () => {
    const line = { switchId: SWITCH_ID, did: '+74950000001', lineNumber: '+7 495 000-00-01' };
    await directory.saveLines(acme, [line]);
    await directory.replaceUsers(acme, [
      { userId: 12, switchId: SWITCH_ID, domain: 'acme.example', extension: '1001' },
      { userId: 13, switchId: SWITCH_ID, extension: '1002' },
    ]);
    expect(await portalCalls.load('c1')).toEqual({
      call: ringingCall('c1'),
      portalCalls: [],
      portal: {
        portalId: acme,
        memberId: ACME.memberId,
        scope: [],
        endpoint: ACME.endpoint,
        accessToken: 'acme-token',
        defaultUserId: 1,
        ...{ defaultRegion: 'RU', finishWhen: 'at-end', recordingUpload: 'two-step' },
        anonymousNumber: '00000000',
        crm: { inbound: { create: true, source: 'CALL' }, outbound: { create: true, source: 'CALL' } },
        addToChat: { inbound: false, outbound: false },
        calls: readPortalSettings({ defaultUserId: 1 }).calls,
        users: [{ userId: 12, extension: '1001', domain: 'acme.example', cardPolicy: 'ringing' }],
        lines: [{ did: line.did, lineNumber: line.lineNumber, policy: {} }],
      },
    });
  });

  it('takes what the portal decided before what the deployment did', async () => {
    await directory.replaceUsers(acme, [
      { userId: 12, switchId: SWITCH_ID, extension: '1001' },
      { userId: 13, switchId: SWITCH_ID, extension: '1003' },
    ]);
    await new PortalStore(store.dataSource, TEST_SECRETS).saveSettings(acme, {
      defaultUserId: 5,
      defaultRegion: 'KZ',
      finishWhen: 'recording-ready',
      recordingUpload: 'base64',
      cards: { everybody: 'answered', users: { '13': 'never' } },
    });
    const legs = [clientLeg('c2-a'), employeeLeg('c2-b'), employeeLeg('c2-c', '1003')];
    await new CallStore(store.dataSource).commit([{ call: ringingCall('c2', { legs }), events: [] }]);
    expect((await portalCalls.load('c2'))?.portal).toMatchObject({
      ...{ defaultUserId: 5, defaultRegion: 'KZ', finishWhen: 'recording-ready', recordingUpload: 'base64' },
      users: [
        { userId: 12, extension: '1001', cardPolicy: 'answered' },
        { userId: 13, extension: '1003', cardPolicy: 'never' },
      ],
    });
  });

  it('finds the portal by the line, the extension or the domain, before the default of the switch', async () => {
    const { portalId: globex } = await new PortalStore(store.dataSource, TEST_SECRETS).install(GLOBEX);
    const portalIdOf = async () => (await portalCalls.load('c1'))?.portal?.portalId;
    expect(await portalIdOf()).toBe(acme);
    await directory.replaceUsers(globex, [
      { userId: 3, switchId: SWITCH_ID, domain: 'acme.example', extension: '1999' },
    ]);
    expect(await portalIdOf()).toBe(globex);
    await directory.replaceUsers(acme, [
      { userId: 12, switchId: SWITCH_ID, domain: 'acme.example', extension: '1001' },
    ]);
    expect(await portalIdOf()).toBe(acme);
    await directory.saveLines(globex, [{ switchId: SWITCH_ID, did: '74950000001', lineNumber: '1' }]);
    expect(await portalIdOf()).toBe(globex);
  });

  it('finds the portal that the dial plan names', async () => {
    const { portalId: globex } = await new PortalStore(store.dataSource, TEST_SECRETS).install(GLOBEX);
    const leg = clientLeg('c2-a');
    const legs = [{ ...leg, origin: { ...leg.origin, portal: 'GLOBEX.bitrix24.com' } }];
    await new CallStore(store.dataSource).commit([{ call: ringingCall('c2', { legs }), events: [] }]);
    expect((await portalCalls.load('c2'))?.portal?.portalId).toBe(globex);
  });

  it('gives no portal when none is responsible, and nothing for a call that is not there', async () => {
    await directory.registerSwitch(SWITCH_ID);
    expect(await portalCalls.load('c1')).toEqual({
      call: ringingCall('c1'),
      portal: undefined,
      portalCalls: [],
    });
    expect(await portalCalls.load('none')).toBeUndefined();
  });

  it('leaves a portal call in its portal, whatever the directory says by now', async () => {
    const settled = await registered();
    const { portalId: globex } = await new PortalStore(store.dataSource, TEST_SECRETS).install(GLOBEX);
    await directory.saveLines(globex, [{ switchId: SWITCH_ID, did: '+74950000001', lineNumber: '1' }]);
    const loaded = await portalCalls.load('c1');
    expect(loaded?.portal?.portalId).toBe(acme);
    expect(loaded?.portalCalls[0]).toEqual(JSON.parse(JSON.stringify(settled)));
  });
});

describe('loading calls that wait for the same portal', () => {
  const second = { switchId: 'second', did: '+74950000001', lineNumber: '2' };

  beforeEach(async () => {
    await directory.registerSwitch('second');
    const legs = [clientLeg('c2-a'), employeeLeg('c2-b', '1002')];
    const calls = [
      ringingCall('c2', { legs }),
      ringingCall('c3', { legs: [clientLeg('c3-a')], switchId: 'second' }),
    ];
    await new CallStore(store.dataSource).commit(calls.map((call) => ({ call, events: [] })));
    await directory.replaceUsers(acme, [
      { userId: 12, switchId: SWITCH_ID, extension: '1001' },
      { userId: 13, switchId: SWITCH_ID, extension: '1002' },
    ]);
    await directory.saveLines(acme, [{ ...second, switchId: SWITCH_ID, lineNumber: '1' }, second]);
  });

  it('gives each what it gets alone', async () => {
    const alone = await Promise.all(['c1', 'c2', 'c3'].map((callId) => portalCalls.load(callId)));
    const together = await portalCalls.loadOf(acme, ['c1', 'c2', 'c3', 'none']);
    const byId = (callId: string) => together.find(({ call }) => call.callId === callId);
    expect(byId('c1')).toEqual(alone[0]);
    expect(byId('c2')?.portal?.users).toMatchObject([{ userId: 13 }]);
    expect(byId('c3')?.portal).toMatchObject({ users: [], lines: [{ lineNumber: '2' }] });
    expect(together).toHaveLength(3);
  });

  it('leaves out who has begun in another portal', async () => {
    const { portalId: globex } = await new PortalStore(store.dataSource, TEST_SECRETS).install(GLOBEX);
    await registered();
    expect((await portalCalls.loadOf(globex, ['c1', 'c2'])).map(({ call }) => call.callId)).toEqual(['c2']);
  });

  it('and writes them in one go; what somebody else has written is left out', async () => {
    const other = new PortalCallStore(store.dataSource, PORTAL_DEFAULTS, TEST_SECRETS);
    await Promise.all([portalCalls, other].map((each) => each.loadOf(acme, ['c1', 'c2'])));
    await other.begin([unregistered('c1')]);
    const batchId = '11111111-2222-4333-8444-555555555555';
    const turn = { stepClass: 'backfill', readyAt: TEN_O_CLOCK, turn: 7, batchId } as const;
    const settled = ['c1', 'c2'].map((callId) => ({
      portalCall: unregistered(callId),
      ledger: [exchange({ callId, ...turn }), exchange({ callId, step: 'finish', ...turn })],
    }));
    expect([...(await portalCalls.settle(settled))]).toEqual(['c2']);
    const rows = await store.sql.rows(`
      SELECT call_id, step, step_class, extract(epoch FROM ready_at)::float8 * 1000 AS ready_at, turn::integer, batch_id
      FROM portal_request ORDER BY request_id`);
    const row = { call_id: 'c2', step_class: 'backfill', ready_at: TEN_O_CLOCK, turn: 7, batch_id: batchId };
    expect(rows).toEqual([
      { ...row, step: 'register' },
      { ...row, step: 'finish' },
    ]);
  });
});

describe('a step', () => {
  it('is known word for word to whoever comes after a crash', async () => {
    await portalCalls.load('c1');
    await portalCalls.begin([beginStep(unregistered('c1'), REGISTER, TEN_O_CLOCK)]);
    const afterCrash = new PortalCallStore(store.dataSource, PORTAL_DEFAULTS, TEST_SECRETS);
    const loaded = await afterCrash.load('c1');
    expect(loaded?.portalCalls[0]?.inFlight).toEqual({
      step: REGISTER,
      since: TEN_O_CLOCK,
      sentAt: TEN_O_CLOCK,
      unknown: false,
    });
    expect(await ledger()).toEqual([]);
  });

  it('is settled together with its entry in the ledger', async () => {
    await registered();
    expect(await store.sql.rows('SELECT portal_call_id, finished, revision FROM portal_call')).toEqual([
      { portal_call_id: 'b24-1', finished: false, revision: 2 },
    ]);
    expect(await ledger()).toEqual([
      { step: 'register', status: 200, answer: { result: { CALL_ID: 'b24-1' } }, duration_ms: 80 },
    ]);
  });

  it('is not settled when its entry in the ledger is refused, nor the other way round', async () => {
    const settled = await registered();
    const finished = { ...settled, finished: true };
    const badEntry = refusalOf(
      portalCalls.settle([
        { portalCall: finished, ledger: [exchange({ step: 'finish' }), exchange({ method: '' })] },
      ]),
    );
    expect(await badEntry).toMatchObject({ kind: 'bad-row', constraint: 'portal_request_method_not_empty' });
    const badState = refusalOf(
      portalCalls.settle([
        {
          portalCall: { ...finished, portalCallId: undefined },
          ledger: [exchange({ step: 'finish' })],
        },
      ]),
    );
    expect(await badState).toMatchObject({
      kind: 'bad-row',
      constraint: 'portal_call_finished_is_registered',
    });
    expect(await store.sql.rows('SELECT finished FROM portal_call')).toEqual([{ finished: false }]);
    expect(await ledger()).toHaveLength(1);
  });

  it('may have no answer, or one that is only text', async () => {
    await portalCalls.load('c1');
    const timeout = exchange({ status: undefined, answer: undefined, verdict: 'unknown-outcome' });
    const ledgerOfStep = [timeout, exchange({ status: 502, answer: '<html>', verdict: 'retry' })];
    await portalCalls.settle([{ portalCall: unregistered('c1'), ledger: ledgerOfStep }]);
    expect(await ledger()).toMatchObject([
      { status: null, answer: null },
      { status: 502, answer: '<html>' },
    ]);
  });

  it('can not be undone: finished is finished', async () => {
    const settled = await registered();
    await portalCalls.settle([{ portalCall: { ...settled, finished: true }, ledger: [] }]);
    expect(await refusalOf(portalCalls.settle([{ portalCall: settled, ledger: [] }]))).toMatchObject({
      constraint: 'portal_call_finished_once',
    });
  });
});

describe('two workers with the same call', () => {
  it('are noticed: the second to write has to read again', async () => {
    const other = new PortalCallStore(store.dataSource, PORTAL_DEFAULTS, TEST_SECRETS);
    const begun = beginStep(unregistered('c1'), REGISTER, TEN_O_CLOCK);
    await Promise.all([portalCalls.load('c1'), other.load('c1')]);
    await portalCalls.begin([begun]);
    expect([...(await other.begin([begun]))]).toEqual([]);
    expect([...(await other.settle([{ portalCall: begun, ledger: [exchange()] }]))]).toEqual([]);
    expect(await ledger()).toEqual([]);

    await other.load('c1');
    await other.begin([begun]);
    expect([...(await portalCalls.settle([{ portalCall: begun, ledger: [] }]))]).toEqual([]);
  });

  it('can not write what they have not read', async () => {
    expect(await refusalOf(portalCalls.begin([unregistered('c1')]))).toMatchObject({ kind: 'conflict' });
  });
});
