import { createSecretKey, randomBytes } from 'node:crypto';
import { createTestDatabase } from '@app/testkit';
import { PortalAppStore } from '../portals/portal-app.store';
import { PortalStore } from '../portals/portal.store';
import { refusalOf } from '../testing/refusal-of';
import { ACME, GLOBEX, openTestStore, type TestStore } from '../testing/test-store';
import { reseal } from './reseal';
import { SecretBox } from './secret-box';

const keyNamed = (id: string) => ({ id, key: createSecretKey(randomBytes(32)) });
const old = keyNamed('2025');
const fresh = keyNamed('2026');
const APP = { kind: 'local', clientId: 'local.1', clientSecret: 'client-secret' } as const;

let store: TestStore;
let acme: string;
let added: { appId: string; installKey: string };

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  const before = new SecretBox([old]);
  added = await new PortalAppStore(store.dataSource, before).add(APP);
  const portals = new PortalStore(store.dataSource, before);
  ({ portalId: acme } = await portals.install({ ...ACME, appId: added.appId }));
  const { portalId: gone } = await portals.install(GLOBEX);
  await portals.uninstall(gone, { kind: 'uninstalled', reason: 'r', cure: 'c' }, false);
});

afterAll(() => store.close());

const withKeys = (...keys: ReturnType<typeof keyNamed>[]) => {
  const secrets = new SecretBox(keys);
  return {
    apps: new PortalAppStore(store.dataSource, secrets),
    portals: new PortalStore(store.dataSource, secrets),
    reseal: () => reseal(store.dataSource, secrets),
  };
};

describe('a new key', () => {
  it('is put in front, everything is sealed anew, and the old one may go', async () => {
    const between = withKeys(fresh, old);
    expect(await between.portals.credentialsOf(acme)).toEqual(ACME.credentials);
    expect(await between.reseal()).toEqual({ resealed: 3, current: 0, failed: [] });
    expect(await between.reseal()).toEqual({ resealed: 0, current: 3, failed: [] });

    const after = withKeys(fresh);
    expect(await after.portals.credentialsOf(acme)).toEqual(ACME.credentials);
    expect(await after.apps.installKeyOf(added.appId)).toBe(added.installKey);
    expect(await after.apps.byId(added.appId)).toMatchObject({ clientSecret: 'client-secret' });
    const refusal = await refusalOf(withKeys(old).portals.credentialsOf(acme));
    expect(refusal.message).toContain('the key "2026", which is not in SECRET_KEYS');
  });

  it('without the old one beside it leaves everything as it is, and says what it misses', async () => {
    const report = await withKeys(fresh).reseal();
    expect(report).toMatchObject({ resealed: 0, current: 0 });
    expect(report.failed).toHaveLength(3);
    expect(report.failed[0]).toContain('"2025"');
    expect(await withKeys(old).portals.credentialsOf(acme)).toEqual(ACME.credentials);
  });

  it('does not overwrite a token that was renewed meanwhile', async () => {
    const { portals } = withKeys(fresh, old);
    const [report] = await Promise.all([
      withKeys(fresh, old).reseal(),
      portals.saveCredentials(acme, { accessToken: 'renewed' }),
    ]);
    expect(report.failed).toEqual([]);
    expect(await withKeys(fresh).portals.credentialsOf(acme)).toEqual({ accessToken: 'renewed' });
  });
});
