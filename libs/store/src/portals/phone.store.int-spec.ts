import { createTestDatabase } from '@app/testkit';
import { CallStore } from '../calls/call.store';
import { endedCall, ringingCall } from '../testing/some-call';
import { refusalOf } from '../testing/refusal-of';
import {
  ACME,
  GLOBEX,
  openTestStore,
  seedSwitchAndPortal,
  SWITCH_ID,
  TEST_SECRETS,
  type TestStore,
} from '../testing/test-store';
import { DirectoryStore } from './directory.store';
import { PhoneStore } from './phone.store';
import { PortalLineStore } from './portal-line.store';
import { PortalStore } from './portal.store';

let store: TestStore;
let directory: DirectoryStore;
let phones: PhoneStore;
let lines: PortalLineStore;
let acme: string;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  directory = new DirectoryStore(store.dataSource);
  phones = new PhoneStore(store.dataSource);
  lines = new PortalLineStore(store.dataSource);
  acme = await seedSwitchAndPortal(store.dataSource, ACME);
});

afterAll(() => store.close());

describe('the phones of a portal', () => {
  it('are on every switch as long as there is no other portal', async () => {
    await directory.registerSwitch('old');
    expect(await phones.homesOf(acme)).toEqual([{ switchId: SWITCH_ID }, { switchId: 'old' }]);
    const globex = await seedSwitchAndPortal(store.dataSource, GLOBEX);
    expect(await phones.homesOf(acme)).toEqual([]);
    await new PortalStore(store.dataSource, TEST_SECRETS).uninstall(
      globex,
      { kind: 'uninstalled', reason: 'gone', cure: 'come back' },
      false,
    );
    expect(await phones.homesOf(acme)).toHaveLength(2);
  });

  it('are on its switches by default, in the domains of its lines, or where somebody says', async () => {
    await seedSwitchAndPortal(store.dataSource, GLOBEX);
    await directory.registerSwitch('own', ACME.domain.toUpperCase());
    await directory.saveLines(acme, [
      { switchId: SWITCH_ID, domain: 'acme.example', did: '1', lineNumber: '1' },
    ]);
    expect(await phones.homesOf(acme)).toEqual([
      { switchId: 'own' },
      { switchId: SWITCH_ID, domain: 'acme.example' },
    ]);
    const chosen = [{ switchId: 'own', domain: 'x.example' }];
    await new PortalStore(store.dataSource, TEST_SECRETS).saveSettings(acme, {
      defaultUserId: 1,
      phones: chosen,
    });
    expect(await phones.homesOf(acme)).toEqual(chosen);
  });

  it('are those of a portal that is there', async () => {
    const nowhere = phones.homesOf('00000000-0000-0000-0000-000000000000');
    expect(await refusalOf(nowhere)).toMatchObject({ kind: 'bad-row', table: 'portal' });
  });
});

describe('a phone that belongs to nobody', () => {
  const commit = (...calls: ReturnType<typeof ringingCall>[]) =>
    new CallStore(store.dataSource).commit(calls.map((call) => ({ call, events: [] })));

  const ringing = (callId: string) => ringingCall(callId, { started: { at: Date.now(), seq: 0 } });

  it('is seen as long as its call goes on', async () => {
    await commit(ringing('c1'), endedCall('c2'));
    expect(await phones.strangers()).toEqual([
      { callId: 'c1', switchId: SWITCH_ID, domain: 'acme.example', extension: '1001' },
    ]);
  });

  it.each([
    ['in whatever domain', undefined],
    ['in its domain', 'acme.example'],
  ])('is none once somebody has it %s', async (_how, domain) => {
    await commit(ringing('c1'));
    await directory.replaceUsers(acme, [{ userId: 1, switchId: SWITCH_ID, domain, extension: '1001' }]);
    expect(await phones.strangers()).toEqual([]);
    expect(await phones.of(acme)).toEqual([{ userId: 1, switchId: SWITCH_ID, domain, extension: '1001' }]);
  });

  it('is one although its namesake in another domain has an owner', async () => {
    await commit(ringing('c1'));
    const domain = 'globex.example';
    await directory.replaceUsers(acme, [{ userId: 1, switchId: SWITCH_ID, domain, extension: '1001' }]);
    expect(await phones.strangers()).toHaveLength(1);
  });
});

describe('the lines of a portal', () => {
  const sales = { switchId: SWITCH_ID, did: '+74951000001', lineNumber: 'sales' };

  it('are the numbers with their names, each line once', async () => {
    await directory.saveLines(acme, [sales, { ...sales, did: '+74951000002' }]);
    await directory.saveLines(acme, [{ switchId: SWITCH_ID, did: '3', lineNumber: 'service' }]);
    await lines.name(acme, 'sales', 'Sales');
    await lines.name(acme, 'sales');
    expect(await lines.of(acme)).toEqual([
      { ...sales, name: 'Sales' },
      { ...sales, did: '+74951000002', name: 'Sales' },
      { switchId: SWITCH_ID, did: '3', lineNumber: 'service' },
    ]);
    expect(await lines.wanted(acme)).toEqual({
      lines: [
        { lineNumber: 'sales', name: 'Sales' },
        { lineNumber: 'service', name: undefined },
      ],
      deletions: [],
    });
  });

  it('are deleted in the portal when somebody wants it and no number stands for them', async () => {
    await directory.saveLines(acme, [sales]);
    await lines.wishDeletion(acme, 'sales');
    expect((await lines.wanted(acme)).deletions).toEqual([]);
    expect(await lines.remove(acme, sales)).toBe(true);
    expect(await lines.remove(acme, sales)).toBe(false);
    expect(await lines.wanted(acme)).toEqual({ lines: [], deletions: ['sales'] });
    await lines.deleted(acme, 'sales');
    expect(await lines.wanted(acme)).toEqual({ lines: [], deletions: [] });
  });

  it('stay when they were named again meanwhile', async () => {
    await lines.wishDeletion(acme, 'sales');
    await lines.name(acme, 'sales', 'Sales again');
    await lines.deleted(acme, 'sales');
    await directory.saveLines(acme, [sales]);
    expect(await lines.of(acme)).toEqual([{ ...sales, name: 'Sales again' }]);
  });
});
