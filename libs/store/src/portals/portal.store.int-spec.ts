import { inspect } from 'node:util';
import { createTestDatabase } from '@app/testkit';
import { refusalOf } from '../testing/refusal-of';
import { ACME, GLOBEX, openTestStore, SWITCH_ID, TEST_SECRETS, type TestStore } from '../testing/test-store';
import { DirectoryStore, type PortalUser } from './directory.store';
import { PortalStore } from './portal.store';

let store: TestStore;
let portals: PortalStore;
let directory: DirectoryStore;
let acme: string;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  portals = new PortalStore(store.dataSource, TEST_SECRETS);
  directory = new DirectoryStore(store.dataSource);
  ({ portalId: acme } = await portals.install(ACME));
  await directory.registerSwitch(SWITCH_ID);
});

afterAll(() => store.close());

const NOBODY = '00000000-0000-0000-0000-000000000000';

const DEAD = {
  kind: 'refresh-token-dead',
  reason: 'the refresh token is dead',
  cure: 'reinstall the application',
};

describe('a portal', () => {
  it('is installed, and found by its member id', async () => {
    expect(await portals.byMemberId(ACME.memberId)).toMatchObject({
      portalId: acme,
      domain: ACME.domain,
      endpoint: ACME.endpoint,
      troubleKind: null,
      rateCapacity: 50,
      rateDrainPerSecond: 2,
    });
    expect(await portals.byMemberId('c'.repeat(32))).toBeUndefined();
  });

  it('gives its tokens to nobody who does not ask for them by name', async () => {
    const found = [await portals.byMemberId(ACME.memberId), ...(await portals.all())];
    expect(JSON.stringify(found)).not.toContain('acme-token');
    expect(found.map((portal) => portal?.credentials)).toEqual([undefined, undefined]);
    expect(await portals.credentialsOf(acme)).toEqual({ accessToken: 'acme-token' });
  });

  it('is the same portal when it is installed again under a new name: new tokens, old settings, working again', async () => {
    await portals.saveSettings(acme, { defaultUserId: 77 });
    await portals.markRed(acme, DEAD);
    const again = await portals.install({
      ...ACME,
      domain: 'New-Acme.bitrix24.com',
      endpoint: 'https://new-acme.bitrix24.com/rest/',
      credentials: { accessToken: 'new-token' },
    });
    expect(again).toEqual({ portalId: acme, isNew: false });
    expect(await portals.byMemberId(ACME.memberId)).toMatchObject({
      domain: 'new-acme.bitrix24.com',
      troubleKind: null,
    });
    expect(await portals.credentialsOf(acme)).toEqual({ accessToken: 'new-token' });
    expect(await portals.settingsOf(acme)).toMatchObject({ defaultUserId: 77 });
  });

  it('is not installed where tokens would be sent in the clear', async () => {
    const refusal = await refusalOf(
      portals.install({ ...GLOBEX, endpoint: 'http://globex.bitrix24.com/rest/' }),
    );
    expect(refusal).toMatchObject({ kind: 'bad-row', constraint: 'portal_endpoint_safe' });
    expect(inspect(refusal, { depth: 9 })).not.toContain('globex-token');
  });

  it('gets new tokens, settings and limits; none of it when they are wrong', async () => {
    await portals.saveCredentials(acme, { accessToken: 'second', refreshToken: 'third' });
    await portals.setRateLimit(acme, { capacity: 250, drainPerSecond: 5 });
    expect(await refusalOf(portals.saveSettings(acme, { defaultUserId: -1 }))).toMatchObject({
      kind: 'bad-row',
    });
    expect(await refusalOf(portals.setRateLimit(acme, { capacity: 250, drainPerSecond: 0 }))).toMatchObject({
      kind: 'bad-row',
    });
    expect(await portals.credentialsOf(acme)).toEqual({ accessToken: 'second', refreshToken: 'third' });
    expect(await portals.settingsOf(acme)).toMatchObject({ defaultUserId: 1 });
    expect(await portals.byMemberId(ACME.memberId)).toMatchObject({
      rateCapacity: 250,
      rateDrainPerSecond: 5,
    });
  });

  it('is red with a reason and a cure, until it works again', async () => {
    expect(await portals.markRed(acme, DEAD)).toBe(true);
    const [red] = await portals.all();
    expect(red).toMatchObject({
      troubleKind: 'refresh-token-dead',
      troubleReason: 'the refresh token is dead',
      troubleCure: 'reinstall the application',
    });
    expect((await portals.open(acme)).trouble).toEqual(DEAD);
    expect(await portals.markRed(acme, { ...DEAD, reason: 'told again' })).toBe(false);
    expect(await portals.all()).toEqual([red]);
    expect(await portals.markOk(acme)).toBe(true);
    expect(await portals.markOk(acme)).toBe(false);
    expect(await portals.all()).toMatchObject([
      { troubleKind: null, troubleReason: null, troubleSince: null },
    ]);
  });

  it('stays red when another trouble is over than the one it has', async () => {
    await portals.markRed(acme, DEAD);
    expect(await portals.markOk(acme, ['no-rest-on-this-plan'])).toBe(false);
    expect(await portals.markOk(acme, ['no-rest-on-this-plan', 'refresh-token-dead'])).toBe(true);
  });

  it('has the limit of its plan, unless somebody has set another', async () => {
    const limit = async () => {
      const portal = await portals.byId(acme);
      return [portal?.rateCapacity, portal?.rateDrainPerSecond];
    };
    await portals.learnRateLimit(acme, { capacity: 250, drainPerSecond: 5 });
    expect(await limit()).toEqual([250, 5]);
    await portals.learnRateLimit(acme, { capacity: 50, drainPerSecond: 2 });
    expect(await limit()).toEqual([50, 2]);
    await portals.setRateLimit(acme, { capacity: 100, drainPerSecond: 2 });
    await portals.learnRateLimit(acme, { capacity: 250, drainPerSecond: 5 });
    expect(await limit()).toEqual([100, 2]);
  });

  it('is found by its trouble while it has tokens', async () => {
    await portals.markRed(acme, DEAD);
    expect(await portals.inTrouble(['refresh-token-dead', 'access-denied'])).toEqual([acme]);
    expect(await portals.inTrouble(['access-denied'])).toEqual([]);
    await portals.uninstall(acme, { ...DEAD, kind: 'uninstalled' }, false);
    expect(await portals.inTrouble(['uninstalled'])).toEqual([]);
  });

  it('is moved to where it is by now', async () => {
    await portals.move(acme, {
      endpoint: 'https://acme-new.bitrix24.com/rest/',
      domain: 'Acme-New.bitrix24.com',
    });
    expect(await portals.byMemberId(ACME.memberId)).toMatchObject({
      domain: 'acme-new.bitrix24.com',
      endpoint: 'https://acme-new.bitrix24.com/rest/',
    });
    const wrong = portals.move(acme, { endpoint: 'http://10.0.0.1/rest/', domain: '10.0.0.1' });
    expect(await refusalOf(wrong)).toMatchObject({ constraint: 'portal_endpoint_safe' });
  });

  it('remembers what is told of application and licence, and keeps what is not told', async () => {
    await portals.saveFacts(acme, { scope: ['telephony', 'crm'], appStatus: 'L', license: 'ru_ent250' });
    await portals.saveFacts(acme, { appStatus: 'P' });
    expect(await portals.byMemberId(ACME.memberId)).toMatchObject({
      scope: ['telephony', 'crm'],
      appStatus: 'P',
      license: 'ru_ent250',
    });
  });

  it.each([
    ['credentials', () => portals.credentialsOf(NOBODY)],
    ['settings', () => portals.settingsOf(NOBODY)],
    ['access', () => portals.open(NOBODY)],
    ['tokens', () => portals.saveCredentials(NOBODY, { accessToken: 'x' })],
  ])('that is not installed has no %s', async (_what, work) => {
    expect(await refusalOf(work())).toMatchObject({ kind: 'bad-row', table: 'portal' });
  });
});

describe('the users of a portal', () => {
  const anna: PortalUser = { userId: 12, switchId: SWITCH_ID, domain: 'acme.example', extension: '1001' };
  const boris: PortalUser = { userId: 13, switchId: SWITCH_ID, extension: '1002' };
  const users = () => store.sql.rows('SELECT user_id, domain, extension FROM portal_user ORDER BY extension');

  it('are replaced, all at once', async () => {
    expect(await directory.replaceUsers(acme, [anna, boris])).toBe(true);
    expect(await directory.replaceUsers(acme, [{ ...anna, extension: '1003' }])).toBe(true);
    expect(await users()).toEqual([{ user_id: 12, domain: 'acme.example', extension: '1003' }]);
  });

  it('are not wiped by an empty list', async () => {
    await directory.replaceUsers(acme, [anna]);
    expect(await directory.replaceUsers(acme, [])).toBe(false);
    expect(await users()).toHaveLength(1);
  });

  it.each([
    ['an empty extension', { ...boris, extension: '' }, 'portal_user_extension_not_empty'],
    ['an extension of nothing but blanks', { ...boris, extension: '  ' }, 'portal_user_extension_not_empty'],
    ['an extension that is taken', { ...anna, userId: 14 }, 'portal_user_pkey'],
    ['an unknown switch', { ...boris, switchId: 'none' }, 'portal_user_switch_fkey'],
  ])('stay as they were when one has %s', async (_what, wrong, constraint) => {
    await directory.replaceUsers(acme, [anna]);
    expect(await refusalOf(directory.replaceUsers(acme, [anna, wrong]))).toMatchObject({
      kind: 'bad-row',
      constraint,
    });
    expect(await users()).toHaveLength(1);
  });

  it('are those of one refresh when two run at the same time', async () => {
    const crowd = (userId: number) =>
      Array.from({ length: 50 }, (_, n) => ({ ...boris, userId, extension: String(2000 + n + userId) }));
    await Promise.all([1, 2, 3, 4].map((userId) => directory.replaceUsers(acme, crowd(userId * 100))));
    const rows = await store.sql.rows(
      'SELECT count(*)::int AS users, count(DISTINCT user_id)::int AS refreshes FROM portal_user',
    );
    expect(rows).toEqual([{ users: 50, refreshes: 1 }]);
  });

  it('are nobody else’s: the same extension may be in another portal', async () => {
    const { portalId: globex } = await portals.install(GLOBEX);
    await directory.replaceUsers(acme, [anna]);
    await directory.replaceUsers(globex, [anna]);
    expect(await users()).toHaveLength(2);
  });
});

describe('the lines of a portal', () => {
  const line = { switchId: SWITCH_ID, did: '+74950000001', lineNumber: '100' };

  it('are added and changed', async () => {
    await directory.saveLines(acme, [line, { ...line, did: '+74950000002' }]);
    await directory.saveLines(acme, [{ ...line, lineNumber: '101' }]);
    const rows = await store.sql.rows('SELECT did, line_number FROM external_line ORDER BY did');
    expect(rows).toEqual([
      { did: '+74950000001', line_number: '101' },
      { did: '+74950000002', line_number: '100' },
    ]);
  });

  it('can not be taken from another portal', async () => {
    const { portalId: globex } = await portals.install(GLOBEX);
    await directory.saveLines(acme, [line]);
    const theft = directory.saveLines(globex, [{ ...line, did: '+74950000009' }, line]);
    expect(await refusalOf(theft)).toMatchObject({ kind: 'bad-row', table: 'external_line' });
    expect(await store.sql.rows('SELECT did, portal_id FROM external_line')).toEqual([
      { did: line.did, portal_id: acme },
    ]);
  });
});
