import { createTestDatabase } from '@app/testkit';
import { CallStore } from '../calls/call.store';
import { DirectoryStore } from '../portals/directory.store';
import { endedCall } from '../testing/some-call';
import { refusalOf } from '../testing/refusal-of';
import {
  ACME,
  GLOBEX,
  openTestStore,
  seedSwitchAndPortal,
  SWITCH_ID,
  type TestStore,
} from '../testing/test-store';
import { RouteStore } from './route.store';

const ROUTE = { strategy: 'sequential', members: [1001, 1002] };

let store: TestStore;
let directory: DirectoryStore;
let routes: RouteStore;
let acme: string;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  directory = new DirectoryStore(store.dataSource);
  routes = new RouteStore(store.dataSource);
  acme = await seedSwitchAndPortal(store.dataSource, ACME);
  await directory.saveLines(acme, [{ switchId: SWITCH_ID, did: '+74950000001', lineNumber: 'sales' }]);
});

afterAll(() => store.close());

describe('a line that routes its callers', () => {
  it('is found by the number as a switch tells it, with its plan and whose phone is whose', async () => {
    await directory.replaceUsers(acme, [{ userId: 11, switchId: SWITCH_ID, extension: '1001' }]);
    await routes.save(acme, { switchId: SWITCH_ID, did: '+74950000001' }, ROUTE);
    expect(await routes.lineOf({ switchId: SWITCH_ID, did: '74950000001' })).toMatchObject({
      portalId: acme,
      lineNumber: 'sales',
      plan: { strategy: 'sequential', members: [{ extension: '1001' }, { extension: '1002' }] },
      extensions: [{ userId: 11, extension: '1001' }],
    });
  });

  it('is none before somebody says so, nor after somebody has taken it back', async () => {
    const found = () => routes.lineOf({ switchId: SWITCH_ID, did: '+74950000001' });
    expect(await found()).toBeUndefined();
    await routes.save(acme, { switchId: SWITCH_ID, did: '+74950000001' }, ROUTE);
    expect(await found()).toBeDefined();
    await routes.save(acme, { switchId: SWITCH_ID, did: '+74950000001' }, undefined);
    expect(await found()).toBeUndefined();
  });

  it('keeps its route when the line itself is saved anew', async () => {
    await routes.save(acme, { switchId: SWITCH_ID, did: '+74950000001' }, ROUTE);
    await directory.saveLines(acme, [{ switchId: SWITCH_ID, did: '+74950000001', lineNumber: 'other' }]);
    expect(await routes.lineOf({ switchId: SWITCH_ID, did: '+74950000001' })).toMatchObject({
      lineNumber: 'other',
    });
  });

  it('is nobody’s when two companies claim the number', async () => {
    const globex = await seedSwitchAndPortal(store.dataSource, GLOBEX);
    const did = '+74950000001';
    await directory.saveLines(globex, [
      { switchId: SWITCH_ID, domain: 'globex.example', did, lineNumber: 'x' },
    ]);
    await routes.save(acme, { switchId: SWITCH_ID, did }, ROUTE);
    await routes.save(globex, { switchId: SWITCH_ID, did, domain: 'globex.example' }, ROUTE);
    expect(await routes.lineOf({ switchId: SWITCH_ID, did })).toBeUndefined();
  });

  it('takes no settings that cannot be read, and none for a line of somebody else', async () => {
    const place = { switchId: SWITCH_ID, did: '+74950000001' };
    expect(await refusalOf(routes.save(acme, place, { strategy: 'random' }))).toMatchObject({
      kind: 'bad-row',
    });
    const globex = await seedSwitchAndPortal(store.dataSource, GLOBEX);
    expect(await refusalOf(routes.save(globex, place, ROUTE))).toMatchObject({ kind: 'bad-row' });
    expect(await routes.of(acme)).toMatchObject([{ did: '+74950000001', settings: undefined }]);
  });
});

describe('who talked with a client last', () => {
  it('is who answered his last answered call, if that is not too long ago', async () => {
    await new CallStore(store.dataSource).commit([{ call: endedCall('c1'), events: [] }]);
    const last = (number: string, days: number) => routes.lastManager(SWITCH_ID, [number], days);
    expect(await last('+79161234567', 3_650)).toBe('1001');
    expect(await last('+79160000000', 3_650)).toBeUndefined();
    expect(await last('+79161234567', 0)).toBeUndefined();
  });
});
