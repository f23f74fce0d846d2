import { beginStep, endStep, unregistered, type CrmEntity, type PortalStep } from '@app/calls';
import { createTestDatabase } from '@app/testkit';
import { CallStore } from '../calls/call.store';
import { PortalCallStore } from '../portal-calls/portal-call.store';
import { PORTAL_DEFAULTS } from '../testing/portal-defaults';
import { ringingCall, TEN_O_CLOCK } from '../testing/some-call';
import { DirectoryStore } from '../portals/directory.store';
import {
  ACME,
  GLOBEX,
  openTestStore,
  seedSwitchAndPortal,
  SWITCH_ID,
  TEST_SECRETS,
  type TestStore,
} from '../testing/test-store';
import { RegistrationStore, type AskedRegistration } from './registration.store';

const REGISTER: PortalStep = {
  kind: 'register',
  externalCallId: 'c1',
  userId: 1,
  phoneNumber: '+79161234567',
  type: 2,
  startedAt: TEN_O_CLOCK,
  show: false,
  crmCreate: true,
  crmSource: 'CALL',
  addToChat: false,
};

let store: TestStore;
let acme: string;
let portalCalls: PortalCallStore;
let registrations: RegistrationStore;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  acme = await seedSwitchAndPortal(store.dataSource);
  await new DirectoryStore(store.dataSource).registerSwitch(SWITCH_ID, ACME.domain);
  portalCalls = new PortalCallStore(store.dataSource, PORTAL_DEFAULTS, TEST_SECRETS);
  registrations = new RegistrationStore(store.dataSource);
  await new CallStore(store.dataSource).commit([{ call: ringingCall('c1', { version: 2 }), events: [] }]);
});

afterAll(() => store.close());

async function register(client?: CrmEntity): Promise<void> {
  const begun = beginStep(unregistered('c1'), REGISTER, TEN_O_CLOCK);
  await portalCalls.load('c1');
  await portalCalls.begin([begun]);
  const answer = { kind: 'registered', portalCallId: 'b24-1', ...(client && { client }) } as const;
  await portalCalls.settle([{ portalCall: endStep(begun, REGISTER, answer), ledger: [] }]);
}

describe('the registration of a call', () => {
  const asked = (changes: Partial<AskedRegistration> = {}) =>
    registrations.of({ portalId: acme, callId: 'c1', version: 2, ...changes });

  it('is awaited until the portal has answered, and tells the client whom the CRM knew', async () => {
    expect(await asked()).toEqual({ kind: 'awaited' });
    await register({ type: 'CONTACT', id: 101 });
    expect(await asked()).toEqual({
      kind: 'registered',
      client: { type: 'CONTACT', id: 101 },
    });
  });

  it('tells of nobody when the CRM knew nobody', async () => {
    await register();
    expect(await asked()).toEqual({ kind: 'registered' });
  });

  it('is awaited in vain when the worker has looked at this version and did not register', async () => {
    await portalCalls.markSynced({ callId: 'c1', version: 1, settled: false });
    expect(await asked()).toEqual({ kind: 'awaited' });
    await portalCalls.markSynced({ callId: 'c1', version: 2, settled: false });
    expect(await asked()).toEqual({ kind: 'none' });
  });

  it('in another portal tells nothing of the clients of this one', async () => {
    await register({ type: 'CONTACT', id: 101 });
    const globex = await seedSwitchAndPortal(store.dataSource, GLOBEX);
    expect(await asked({ portalId: globex })).toEqual({ kind: 'none' });
  });

  it('of a call that is not written yet is awaited, beside those of others', async () => {
    await register();
    const both = await Promise.all([asked(), asked({ callId: 'c2', version: 1 })]);
    expect(both.map(({ kind }) => kind)).toEqual(['registered', 'awaited']);
  });
});
