import { createTestDatabase } from '@app/testkit';
import { unregistered } from '@app/calls';
import { CallStore } from '../calls/call.store';
import { PortalCallStore } from '../portal-calls/portal-call.store';
import { sha256 } from '../secrets/sha256';
import { PORTAL_DEFAULTS } from '../testing/portal-defaults';
import { ringingCall } from '../testing/some-call';
import { ACME, GLOBEX, openTestStore, SWITCH_ID, TEST_SECRETS, type TestStore } from '../testing/test-store';
import { DirectoryStore } from './directory.store';
import type { InstalledPortal } from './install-portal';
import { PortalAppStore } from './portal-app.store';
import { PortalStore } from './portal.store';
import { SetUpStore } from './set-up.store';

const GONE = { kind: 'uninstalled', reason: 'it was removed', cure: 'install it again' };
let INSTALLATION: InstalledPortal;

const NEW = {
  ...ACME,
  applicationToken: 'token-of-events',
  scope: ['telephony'],
  appStatus: 'L',
  installerUserId: 7,
};

let store: TestStore;
let portals: PortalStore;
let calls: PortalCallStore;
let setUps: SetUpStore;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  portals = new PortalStore(store.dataSource, TEST_SECRETS);
  calls = new PortalCallStore(store.dataSource, PORTAL_DEFAULTS, TEST_SECRETS);
  setUps = new SetUpStore(store.dataSource);
  const { appId } = await new PortalAppStore(store.dataSource, TEST_SECRETS).add({
    kind: 'market',
    clientId: 'app.1',
    clientSecret: 'x',
  });
  INSTALLATION = { ...NEW, appId };
  await new DirectoryStore(store.dataSource).registerSwitch(SWITCH_ID, ACME.memberId);
});

afterAll(() => store.close());

const IN_AN_HOUR = () => Date.now() + 60 * 60 * 1000;

/** A call that waits an hour; with `begun` its portal holds something of it already. */
async function waitingCall(callId: string, { begun }: { begun: boolean }): Promise<void> {
  await new CallStore(store.dataSource).commit([{ call: ringingCall(callId), events: [] }]);
  await calls.load(callId);
  if (begun) await calls.begin(unregistered(callId));
  await calls.markSynced(callId, { version: 1, settled: false, notBefore: IN_AN_HOUR() });
}

const due = () => calls.callsDue(Date.now() + 1_000, 10);

describe('an installation', () => {
  it('keeps what the portal gave: sealed what opens it, hashed what is compared', async () => {
    const { portalId, isNew } = await portals.install(INSTALLATION);
    expect(isNew).toBe(true);
    expect(await portals.byId(portalId)).toMatchObject({
      applicationTokenHash: sha256('token-of-events'),
      scope: ['telephony'],
      appStatus: 'L',
      installerUserId: 7,
    });
    const row = JSON.stringify(await store.sql.rows('SELECT * FROM portal'));
    expect(row).not.toMatch(/acme-token|token-of-events/);
    expect(await portals.open(portalId)).toMatchObject({
      accessToken: 'acme-token',
      endpoint: ACME.endpoint,
    });
  });

  it('is to be set up, and each further one again', async () => {
    const { portalId } = await portals.install(INSTALLATION);
    expect(await setUps.due(Date.now(), 10)).toEqual([portalId]);
    const first = await setUps.wanted(portalId);
    await portals.install(INSTALLATION);
    await setUps.mark(portalId, { done: first });
    expect(await setUps.due(Date.now(), 10)).toEqual([portalId]);
    await setUps.mark(portalId, { done: await setUps.wanted(portalId) });
    expect(await setUps.due(Date.now(), 10)).toEqual([]);
    expect(await setUps.wanted(portalId)).toBeUndefined();
  });

  it('wakes the calls that waited for this portal or for none, and no others', async () => {
    const { portalId } = await portals.install(INSTALLATION);
    await portals.install(GLOBEX);
    await waitingCall('begun', { begun: true });
    await waitingCall('not begun', { begun: false });
    await new DirectoryStore(store.dataSource).registerSwitch(SWITCH_ID, GLOBEX.memberId);
    await waitingCall('of another', { begun: true });
    await portals.markRed(portalId, { ...GONE, kind: 'refresh-token-dead' });
    expect(await due()).toEqual([]);
    await portals.install(INSTALLATION);
    expect((await due()).sort()).toEqual(['begun', 'not begun']);
    expect((await portals.open(portalId)).trouble).toBeUndefined();
  });

  it('of a portal that works again wakes its calls too', async () => {
    const { portalId } = await portals.install(INSTALLATION);
    await waitingCall('begun', { begun: true });
    await portals.markRed(portalId, { ...GONE, kind: 'no-rest-on-this-plan' });
    await portals.markOk(portalId);
    expect(await due()).toEqual(['begun']);
  });
});

describe('a set-up', () => {
  it('that failed is tried again at its time, and says what was wrong', async () => {
    const { portalId } = await portals.install(INSTALLATION);
    const later = Date.now() + 60_000;
    await setUps.mark(portalId, { problem: 'no right to bind events', notBefore: later });
    expect(await setUps.due(later - 1, 10)).toEqual([]);
    expect(await setUps.due(later, 10)).toEqual([portalId]);
    expect(await portals.byId(portalId)).toMatchObject({ setUpProblem: 'no right to bind events' });
    await setUps.wish(portalId);
    expect(await setUps.due(Date.now(), 10)).toEqual([portalId]);
  });

  it('is not for a portal without an application', async () => {
    const { portalId } = await portals.install(ACME);
    await portals.install(ACME);
    expect(await setUps.wanted(portalId)).toBeUndefined();
  });

  it('waits while the portal has no tokens', async () => {
    const { portalId } = await portals.install(INSTALLATION);
    await portals.uninstall(portalId, GONE, false);
    expect(await setUps.due(Date.now(), 10)).toEqual([]);
    expect(await setUps.wanted(portalId)).toBeUndefined();
  });
});

describe('a new version of the application', () => {
  it('brings a new token for events, and a set-up to do', async () => {
    const { portalId } = await portals.install(INSTALLATION);
    await setUps.mark(portalId, { done: 1 });
    await portals.updateApplication({ portalId, applicationToken: 'new-token' });
    expect(await portals.byId(portalId)).toMatchObject({ applicationTokenHash: sha256('new-token') });
    expect(await portals.credentialsOf(portalId)).toEqual({ accessToken: 'acme-token' });
    expect(await setUps.due(Date.now(), 10)).toEqual([portalId]);
  });

  it('may bring tokens, which end a trouble', async () => {
    const { portalId } = await portals.install(INSTALLATION);
    await portals.markRed(portalId, { ...GONE, kind: 'refresh-token-dead' });
    await portals.updateApplication({
      portalId,
      applicationToken: 'new-token',
      tokens: {
        credentials: { accessToken: 'fresh', refreshToken: 'r' },
        place: { endpoint: 'https://acme-new.bitrix24.com/rest/', domain: 'acme-new.bitrix24.com' },
      },
    });
    expect(await portals.open(portalId)).toMatchObject({
      accessToken: 'fresh',
      endpoint: 'https://acme-new.bitrix24.com/rest/',
      trouble: undefined,
    });
  });
});

describe('removing the application', () => {
  it('takes the tokens away at once and keeps the rest', async () => {
    const { portalId } = await portals.install(INSTALLATION);
    await waitingCall('begun', { begun: true });
    await portals.uninstall(portalId, GONE, false);
    await portals.uninstall(portalId, GONE, false);
    expect(await portals.open(portalId)).toMatchObject({ accessToken: undefined, trouble: GONE });
    expect((await calls.load('begun'))?.portal).toMatchObject({ accessToken: '', trouble: GONE });
    expect(await portals.toErase()).toEqual([]);
    expect(await portals.byMemberId(ACME.memberId)).toMatchObject({
      applicationTokenHash: sha256('token-of-events'),
    });
  });

  it('is not talked out of by lesser troubles or by a success', async () => {
    const { portalId } = await portals.install(INSTALLATION);
    await portals.uninstall(portalId, GONE, false);
    expect(await portals.markRed(portalId, { ...GONE, kind: 'access-denied' })).toBe(false);
    expect(await portals.markOk(portalId)).toBe(false);
    const again = await portals.install(INSTALLATION);
    expect(again).toEqual({ portalId, isNew: false });
    expect((await portals.open(portalId)).trouble).toBeUndefined();
  });
});

describe('removing it with its data', () => {
  const line = { switchId: SWITCH_ID, did: '+74950000001', lineNumber: '100' };

  async function usedPortal(): Promise<string> {
    const { portalId } = await portals.install(INSTALLATION);
    const directory = new DirectoryStore(store.dataSource);
    await directory.replaceUsers(portalId, [{ userId: 1, switchId: SWITCH_ID, extension: '1001' }]);
    await directory.saveLines(portalId, [line]);
    await waitingCall('begun', { begun: true });
    const entry = {
      step: 'register',
      method: 'm',
      params: {},
      answer: {},
      startedAt: Date.now(),
      durationMs: 1,
    };
    await calls.settle(unregistered('begun'), [{ ...entry, callId: 'begun', portalId }]);
    return portalId;
  }

  const left = async (table: string) => (await store.sql.rows(`SELECT FROM ${table}`)).length;

  it('closes it at once: no tokens, no users, no lines, nothing by its name', async () => {
    const portalId = await usedPortal();
    await portals.uninstall(portalId, GONE, true);
    await portals.uninstall(portalId, GONE, true);
    expect(await portals.byMemberId(ACME.memberId)).toBeUndefined();
    expect(await portals.all()).toEqual([]);
    expect(JSON.stringify(await store.sql.rows('SELECT * FROM portal'))).not.toMatch(/acme|aaaa/);
    expect([await left('portal_user'), await left('external_line')]).toEqual([0, 0]);
    expect(await portals.toErase()).toEqual([portalId]);
  });

  it('leaves nothing of it once it is erased, but for the calls of the company', async () => {
    const portalId = await usedPortal();
    await portals.uninstall(portalId, GONE, true);
    expect(await portals.erase(portalId)).toBe(true);
    expect(await portals.erase(portalId)).toBe(false);
    const tables = [
      'portal',
      'portal_call',
      'portal_request',
      'portal_event',
      'portal_user',
      'external_line',
    ];
    expect(await Promise.all(tables.map(left))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await left('call')).toBe(1);
    expect((await calls.load('begun'))?.portal).toBeUndefined();
  });

  it('lets it be installed anew before that is done, with nothing of what was', async () => {
    const portalId = await usedPortal();
    await portals.saveSettings(portalId, { defaultUserId: 99 });
    await portals.uninstall(portalId, GONE, true);
    const again = await portals.install(INSTALLATION);
    expect(again.isNew).toBe(true);
    await new DirectoryStore(store.dataSource).saveLines(again.portalId, [line]);
    expect(await portals.erase(portalId)).toBe(true);
    expect(await portals.settingsOf(again.portalId)).toMatchObject({ defaultUserId: 1 });
    expect(await portals.all()).toHaveLength(1);
  });

  it('can be broken off, and is no way to erase a portal that nobody has removed', async () => {
    const portalId = await usedPortal();
    expect(await portals.erase(portalId)).toBe(false);
    expect(await left('portal_request')).toBe(1);
    await portals.uninstall(portalId, GONE, true);
    expect(await portals.erase(portalId, AbortSignal.abort())).toBe(false);
    expect(await portals.toErase()).toEqual([portalId]);
  });
});
