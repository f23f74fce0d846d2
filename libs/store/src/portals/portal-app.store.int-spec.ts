import { inspect } from 'node:util';
import { createTestDatabase } from '@app/testkit';
import { refusalOf } from '../testing/refusal-of';
import { ACME, GLOBEX, openTestStore, TEST_SECRETS, type TestStore } from '../testing/test-store';
import { PortalAppStore, type NewPortalApp } from './portal-app.store';
import { PortalStore } from './portal.store';

const LOCAL: NewPortalApp = { kind: 'local', clientId: 'local.1', clientSecret: 'very-secret' };
const NOBODY = '00000000-0000-0000-0000-000000000000';
const GONE = { kind: 'uninstalled', reason: 'it was removed', cure: 'install it again' };

let store: TestStore;
let apps: PortalAppStore;
let portals: PortalStore;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  apps = new PortalAppStore(store.dataSource, TEST_SECRETS);
  portals = new PortalStore(store.dataSource, TEST_SECRETS);
});

afterAll(() => store.close());

describe('an application', () => {
  it('is found by the key of its addresses, which nobody can guess', async () => {
    const { appId, installKey } = await apps.add(LOCAL);
    expect(installKey).toMatch(/^[\w-]{43}$/);
    expect(await apps.byInstallKey(installKey)).toEqual({ ...LOCAL, appId, memberId: undefined });
    expect(await apps.byInstallKey(`${installKey}x`)).toBeUndefined();
    expect(await apps.byInstallKey('')).toBeUndefined();
  });

  it('lies in the database without its secret and its key', async () => {
    const { installKey } = await apps.add(LOCAL);
    const rows = JSON.stringify(await store.sql.rows('SELECT * FROM portal_app'));
    expect(rows).toContain('local.1');
    expect(rows).not.toContain('very-secret');
    expect(rows).not.toContain(installKey);
    expect(JSON.stringify(await apps.list())).not.toMatch(/secret|v1\./i);
  });

  it('gives its key to whoever binds events to its addresses', async () => {
    const { appId, installKey } = await apps.add(LOCAL);
    expect(await apps.installKeyOf(appId)).toBe(installKey);
  });

  it('is added once', async () => {
    await apps.add(LOCAL);
    const refusal = await refusalOf(apps.add({ ...LOCAL, clientSecret: 'other-secret' }));
    expect(refusal).toMatchObject({ kind: 'bad-row', constraint: 'portal_app_client_key' });
    expect(inspect(refusal, { depth: 9 })).not.toContain('other-secret');
  });

  it('gets another secret, and other addresses', async () => {
    const { appId, installKey } = await apps.add(LOCAL);
    await apps.changeSecret(appId, 'new-secret');
    const newKey = await apps.changeInstallKey(appId);
    expect(await apps.byInstallKey(installKey)).toBeUndefined();
    expect(await apps.byInstallKey(newKey)).toMatchObject({ appId, clientSecret: 'new-secret' });
    expect(await apps.installKeyOf(appId)).toBe(newKey);
  });

  it.each([
    ['secret', () => apps.changeSecret(NOBODY, 'x')],
    ['key', () => apps.changeInstallKey(NOBODY)],
    ['addresses', () => apps.installKeyOf(NOBODY)],
    ['end', () => apps.remove(NOBODY)],
  ])('that was not added has no %s', async (_what, work) => {
    expect(await refusalOf(work())).toMatchObject({ kind: 'bad-row', table: 'portal_app' });
  });

  it('is listed, the oldest first', async () => {
    await apps.add(LOCAL);
    await apps.add({ kind: 'market', clientId: 'app.1', clientSecret: 'x' });
    const listed = await apps.list();
    expect(listed.map(({ kind, clientId }) => [kind, clientId])).toEqual([
      ['local', 'local.1'],
      ['market', 'app.1'],
    ]);
  });
});

describe('an application and its portals', () => {
  it('local: the first portal that installs it is its only one', async () => {
    const { appId, installKey } = await apps.add(LOCAL);
    await portals.install({ ...ACME, appId });
    expect(await apps.byInstallKey(installKey)).toMatchObject({ memberId: ACME.memberId });
    await portals.install({ ...ACME, appId });
    expect(await refusalOf(portals.install({ ...GLOBEX, appId }))).toMatchObject({
      kind: 'bad-row',
      table: 'portal_app',
    });
    expect(await portals.byMemberId(GLOBEX.memberId)).toBeUndefined();
  });

  it('of the Market: as many portals as like', async () => {
    const { appId, installKey } = await apps.add({ ...LOCAL, kind: 'market' });
    await portals.install({ ...ACME, appId });
    await portals.install({ ...GLOBEX, appId });
    expect(await apps.byInstallKey(installKey)).toMatchObject({ memberId: undefined });
  });

  it('stays while a portal has it, and can go when that is uninstalled', async () => {
    const { appId } = await apps.add(LOCAL);
    const { portalId } = await portals.install({ ...ACME, appId });
    expect(await apps.remove(appId)).toBe(false);
    await portals.uninstall(portalId, GONE, false);
    expect(await apps.remove(appId)).toBe(true);
    expect(await apps.list()).toEqual([]);
    expect(await portals.byMemberId(ACME.memberId)).toMatchObject({
      appId: null,
      troubleKind: 'uninstalled',
    });
  });
});
