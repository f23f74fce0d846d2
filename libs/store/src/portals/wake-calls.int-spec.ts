import { beginStep, endStep, unregistered, type PortalStep } from '@app/calls';
import { createTestDatabase } from '@app/testkit';
import { CallStore } from '../calls/call.store';
import { PortalCallStore } from '../portal-calls/portal-call.store';
import { PORTAL_DEFAULTS } from '../testing/portal-defaults';
import { refusalOf } from '../testing/refusal-of';
import { ringingCall, TEN_O_CLOCK } from '../testing/some-call';
import {
  ACME,
  GLOBEX,
  openTestStore,
  seedSwitchAndPortal,
  TEST_SECRETS,
  type TestStore,
} from '../testing/test-store';
import { DirectoryStore } from './directory.store';
import { PortalStore } from './portal.store';

let store: TestStore;
let portals: PortalStore;
let portalCalls: PortalCallStore;
let acme: string;
let globex: string;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
  portals = new PortalStore(store.dataSource, TEST_SECRETS);
  portalCalls = new PortalCallStore(store.dataSource, PORTAL_DEFAULTS, TEST_SECRETS);
});

beforeEach(async () => {
  await store.clear();
  acme = await seedSwitchAndPortal(store.dataSource, ACME);
  globex = await seedSwitchAndPortal(store.dataSource, GLOBEX);
});

afterAll(() => store.close());

/** For the default user, because nobody is in the call whom the portal knows. */
const register = (callId: string): PortalStep => ({
  kind: 'register',
  externalCallId: callId,
  userId: 1,
  phoneNumber: '+79161234567',
  type: 2,
  startedAt: TEN_O_CLOCK,
  show: false,
  crmCreate: true,
  crmSource: 'CALL',
  addToChat: false,
});

type Answer = Parameters<typeof endStep>[2];

/** A call of a portal that has answered so to its registrations, and with which nothing is to be done now. */
async function known(callId: string, domain: string, ...answers: readonly Answer[]): Promise<void> {
  const step = register(callId);
  await new DirectoryStore(store.dataSource).registerSwitch('main', domain);
  await new CallStore(store.dataSource).commit([{ call: ringingCall(callId), events: [] }]);
  await portalCalls.load(callId);
  let portalCall = unregistered(callId);
  for (const answer of answers) {
    portalCall = beginStep(portalCall, step, TEN_O_CLOCK);
    await portalCalls.begin([portalCall]);
    portalCall = endStep(portalCall, step, answer);
    await portalCalls.settle([{ portalCall, ledger: [] }]);
  }
  await portalCalls.markSynced({ callId, version: 1, settled: false });
}

const gone = { kind: 'refused', cause: 'user-not-found', reason: 'no such user' } as const;
/** The clock of the database decides what is due. */
const due = () => portalCalls.callsDue(Date.now() + 60_000, 10);

describe('a default user who is another now', () => {
  it('wakes the calls that the portal refused to him, of this portal alone', async () => {
    await known('acme-refused', ACME.domain, gone, gone);
    await known('acme-registered', ACME.domain, { kind: 'registered', portalCallId: 'b24-1' });
    await known('globex-refused', GLOBEX.domain, gone, gone);
    expect(await due()).toEqual([]);
    await portals.saveSettings(acme, { defaultUserId: 12 });
    expect(await due()).toEqual(['acme-refused']);
    expect((await portalCalls.load('acme-refused'))?.portal?.defaultUserId).toBe(12);
    await portals.saveSettings(globex, { defaultUserId: 13 });
    expect(await due()).toEqual(['acme-refused', 'globex-refused']);
  });

  it('wakes nothing that is settled, and nothing when he is none', async () => {
    await known('c1', ACME.domain, gone, gone);
    expect(await refusalOf(portals.saveSettings(acme, { defaultUserId: 0 }))).toMatchObject({
      kind: 'bad-row',
    });
    expect(await due()).toEqual([]);
    await portalCalls.markSynced({ callId: 'c1', version: 1, settled: true, problem: 'given up' });
    await portals.saveSettings(acme, { defaultUserId: 12 });
    expect(await due()).toEqual([]);
  });
});
