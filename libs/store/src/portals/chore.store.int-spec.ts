import { createTestDatabase } from '@app/testkit';
import { ACME, GLOBEX, openTestStore, TEST_SECRETS, type TestStore } from '../testing/test-store';
import { ChoreStore } from './chore.store';
import { PortalAppStore } from './portal-app.store';
import { PortalStore } from './portal.store';
import { SetUpStore } from './set-up.store';

const HOUR_MS = 3_600_000;
const app = { kind: 'market', clientId: 'app.1', clientSecret: 'secret' } as const;

let store: TestStore;
let portals: PortalStore;
let chores: ChoreStore;
let acme: string;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  portals = new PortalStore(store.dataSource, TEST_SECRETS);
  chores = new ChoreStore(store.dataSource);
  const { appId } = await new PortalAppStore(store.dataSource, TEST_SECRETS).add(app);
  ({ portalId: acme } = await portals.install({ ...ACME, appId }));
  await new SetUpStore(store.dataSource).mark(acme, { done: 1 });
});

afterAll(() => store.close());

const due = async (inMs = 0) => (await chores.due(Date.now() + inMs, 10)).map(({ chore }) => chore);
const allDone = async () => {
  await chores.done(acme, 'read-users', { afterMs: HOUR_MS });
  await chores.done(acme, 'fetch-offline-events', { afterMs: HOUR_MS });
};

describe('the chores of a portal', () => {
  it('are due as soon as it is set up, and again at their time', async () => {
    expect(await due()).toEqual(['fetch-offline-events', 'read-users']);
    await allDone();
    expect(await due()).toEqual([]);
    expect(await due(HOUR_MS + 1_000)).toHaveLength(2);
  });

  it('are not due before the first set-up, without an application, and when it was removed', async () => {
    const { portalId } = await portals.install(GLOBEX);
    expect((await chores.due(Date.now(), 10)).filter((one) => one.portalId === portalId)).toEqual([]);
    const trouble = { kind: 'uninstalled', reason: 'gone', cure: 'come back' };
    await portals.uninstall(acme, trouble, false);
    expect(await due()).toEqual([]);
    expect(await chores.ask('read-users', [acme], 0)).toEqual([]);
  });

  it('can be asked for earlier, but not too often', async () => {
    await allDone();
    expect(await chores.ask('read-users', [acme], HOUR_MS / 2)).toEqual([]);
    expect(await due()).toEqual([]);
    expect(await due(HOUR_MS / 2 + 1_000)).toEqual(['read-users']);
    expect(await chores.ask('read-users', [acme], 0)).toEqual([acme]);
    expect(await due(1_000)).toEqual(['read-users']);
  });

  it('are not put off by who asks for them later than they are due', async () => {
    await chores.done(acme, 'read-users', { afterMs: 0 });
    await chores.ask('read-users', [acme], HOUR_MS);
    expect(await due(1_000)).toContain('read-users');
  });

  it('can be asked for in all portals at once', async () => {
    await allDone();
    expect(await chores.ask('fetch-offline-events', undefined, 0)).toEqual([acme]);
    expect(await due(1_000)).toEqual(['fetch-offline-events']);
  });

  it('say how they went; one that was put off was not done', async () => {
    await chores.putOff(acme, 'read-users', { afterMs: HOUR_MS, problem: 'the portal is away' });
    expect(await chores.of(acme)).toEqual([
      { chore: 'read-users', doneAt: undefined, problem: 'the portal is away' },
    ]);
    expect(await chores.ask('read-users', [acme], HOUR_MS)).toEqual([acme]);
    await chores.done(acme, 'read-users', { afterMs: HOUR_MS });
    expect(await chores.of(acme)).toEqual([
      { chore: 'read-users', doneAt: expect.any(Number) as unknown, problem: undefined },
    ]);
  });
});
