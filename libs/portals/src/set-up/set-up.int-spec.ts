import { createDataSource, migrate } from '@app/store';
import {
  companyOf,
  createTestDatabase,
  ENTERPRISE,
  FakeCloud,
  type FakePortal,
  type FakePortalOptions,
  type TestDatabase,
} from '@app/testkit';
import { Deployment, PUBLIC_URL } from '../testing/deployment';
import { sharedExtensions } from './read-users';

/** Databases and portals of others share the machine. */
jest.setTimeout(60_000);

let database: TestDatabase;
let dataSource: Deployment['dataSource'];
let cloud: FakeCloud;
let running: { close(): Promise<void> } | undefined;
let here: Deployment;
let portal: FakePortal;
let portalId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.url);
  dataSource = await createDataSource(database.url, { poolSize: 4 }).initialize();
});

afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const extensions = (count: number) => Array.from({ length: count }, (_, n) => String(1001 + n));

/** A company that listens on a port of this machine, whose application has been installed. */
async function open(options: Omit<FakePortalOptions, 'oauth' | 'clock'> = {}): Promise<void> {
  cloud = new FakeCloud();
  const company = companyOf({ extensions: extensions(3) });
  portal = cloud.addPortal({ origin: 'http://unused.example', rateLimit: false, company, ...options });
  running = await cloud.listen();
  here = new Deployment(dataSource, cloud.oauth.origin);
  await here.directory.registerSwitch('main');
  portalId = await here.install(portal);
}

beforeEach(async () => {
  for (const table of ['portal_event', 'portal', 'portal_app', 'switch'])
    await dataSource.query(`DELETE FROM ${table}`);
});

afterEach(async () => {
  await running?.close();
  running = undefined;
});

const setUpAgain = async (publicUrl?: string) => {
  await here.setUps.wish(portalId);
  return here.setUp(publicUrl).run(portalId);
};
const problem = async () => (await here.portals.byId(portalId))?.setUpProblem ?? '';
const bindings = () => portal.apps.get(portal.app).bindings;
const online = () => bindings().filter(({ offline }) => !offline);
const handlers = () => new Set(online().map(({ handler }) => handler));
const lineNames = () => portal.company.lines.map(({ number, name }) => [number, name]);
const phones = async () =>
  (await here.phones.of(portalId)).map(({ extension, userId }) => [extension, userId]);
const saveLine = (did: string, lineNumber: string) =>
  here.directory.saveLines(portalId, [{ switchId: 'main', did, lineNumber }]);

describe('setting up a portal', () => {
  it('binds the events, adds the lines, reads licence and extensions', async () => {
    await open({ license: ENTERPRISE });
    await saveLine('+74950000001', 'sales');
    await here.lines.name(portalId, 'sales', 'Sales');
    expect(await here.setUp().run(portalId)).toBe('done');

    expect(await problem()).toBe('');
    expect([...handlers()]).toEqual([expect.stringMatching(`^${PUBLIC_URL}/bitrix24/[^/]+/events$`)]);
    expect(
      bindings()
        .filter(({ offline }) => offline)
        .map(({ event }) => event),
    ).toEqual(['ONEXTERNALCALLSTART', 'ONEXTERNALCALLBACKSTART']);
    expect(online().map(({ event }) => event)).toEqual(
      expect.arrayContaining([
        'ONEXTERNALCALLSTART',
        'ONAPPUNINSTALL',
        'ONAPPUPDATE',
        'ONAPPTEST',
        'ONUSERADD',
      ]),
    );
    expect(lineNames()).toEqual([['sales', 'Sales']]);
    expect(await phones()).toEqual([
      ['1001', 1],
      ['1002', 2],
      ['1003', 3],
    ]);
    expect(await here.portals.byId(portalId)).toMatchObject({ rateCapacity: 250, rateDrainPerSecond: 5 });
    expect(portal.audit()).toEqual([]);
  });

  it('done again changes nothing', async () => {
    await open();
    await saveLine('+74950000001', 'sales');
    await setUpAgain();
    const before = [bindings(), lineNames(), await phones()];
    await setUpAgain();
    expect([bindings(), lineNames(), await phones()]).toEqual(before);
    const changing = [
      'event.bind',
      'event.unbind',
      'telephony.externalLine.add',
      'telephony.externalLine.update',
    ];
    expect(changing.map((method) => portal.requestsTo(method).length)).toEqual([10, 0, 1, 0]);
  });

  it('repairs what the portal has lost', async () => {
    await open();
    await saveLine('+74950000001', 'sales');
    await setUpAgain();
    portal.apps.get(portal.app).bindings = online().slice(0, 2);
    portal.company.lines.length = 0;
    await setUpAgain();
    expect(bindings()).toHaveLength(10);
    expect(lineNames()).toEqual([['sales', 'sales']]);
  });

  it('moves the bindings after PUBLIC_URL has changed, and leaves those of others alone', async () => {
    await open();
    await setUpAgain();
    const [foreign] = online();
    const handler = 'https://somebody.example/hook';
    portal.apps.get(portal.app).bindings = [...bindings(), { ...foreign!, id: '9', handler }];
    await setUpAgain('https://new.example');
    expect([...handlers()].sort()).toEqual([
      expect.stringMatching('^https://new.example/bitrix24/'),
      'https://somebody.example/hook',
    ]);
  });

  it('takes "already bound" and "already exists" for what they are', async () => {
    await open();
    await saveLine('+74950000001', 'sales');
    // The answers are lost on their way: everything was done, and the portal says so the next time.
    portal.inject({ kind: 'execute-then-drop', method: 'batch' });
    await expect(setUpAgain()).rejects.toMatchObject({ name: 'PortalError' });
    portal.apps.get(portal.app).bindings = bindings().slice(1);
    portal.inject({ kind: 'execute-then-drop', method: 'batch', nth: 2 });
    await expect(setUpAgain()).rejects.toMatchObject({ name: 'PortalError' });
    expect(lineNames()).toEqual([['sales', 'sales']]);
    expect(await here.setUp().run(portalId)).toBe('done');
    expect(await problem()).not.toMatch(/events|lines/);
    expect(bindings()).toHaveLength(10);
  });

  it('says that it has no address for events, and does the rest', async () => {
    await open();
    await here.setUp(undefined).run(portalId);
    const steps = here.setUp(undefined);
    await here.setUps.wish(portalId);
    expect(await steps.run(portalId)).toBe('done');
    expect(await phones()).toHaveLength(3);
  });

  it('says what an installer without rights could not do; the portal does not turn red for it', async () => {
    await open();
    portal.company.users[0]!.isAdmin = false;
    await setUpAgain();
    expect(await problem()).toContain('ONEXTERNALCALLBACKSTART (offline) is not bound: whoever installed');
    expect(await here.portals.byId(portalId)).toMatchObject({ troubleKind: null });
    expect(online()).toHaveLength(8);
  });

  it('says which permission is missing', async () => {
    await open({ app: { scopes: ['user_brief', 'crm', 'im'] } });
    await setUpAgain();
    expect(await problem()).toContain('lacks the permission telephony: no call can be shown or filed');
    expect(await problem()).toContain('The portal does not offer ONEXTERNALCALLSTART: clicks on numbers');
    expect(await here.portals.byId(portalId)).toMatchObject({ troubleKind: null });
  });

  it('keeps a limit that somebody has set by hand', async () => {
    await open({ license: ENTERPRISE });
    await here.portals.setRateLimit(portalId, { capacity: 100, drainPerSecond: 4 });
    await setUpAgain();
    expect(await here.portals.byId(portalId)).toMatchObject({ rateCapacity: 100, rateDrainPerSecond: 4 });
  });

  it('gives way to calls: put off while they use up the limit', async () => {
    await open();
    for (let n = 0; n < 48; n += 1) await here.rate.reserve(portalId, 'test', 'live-card', Date.now());
    await here.portals.setRateLimit(portalId, { capacity: 50, drainPerSecond: 0.001 });
    expect(await setUpAgain()).toBe('put-off');
    expect(portal.requests).toEqual([]);
    expect(await problem()).toContain('calls use up');
  });
});

it('a race with another set-up is no failure', async () => {
  await open();
  await saveLine('+74950000001', 'sales');
  const ends = await Promise.all([here.setUp().run(portalId), here.setUp().run(portalId)]);
  expect(ends).toEqual(['done', 'done']);
  expect(await problem()).toBe('');
  expect([bindings().length, lineNames()]).toEqual([10, [['sales', 'sales']]]);
});

describe('the lines of a portal', () => {
  it('are renamed, and deleted only when somebody wants it', async () => {
    await open();
    await saveLine('1', 'sales');
    await saveLine('2', 'service');
    await setUpAgain();
    await here.lines.name(portalId, 'sales', 'Sales team');
    await here.lines.remove(portalId, { switchId: 'main', did: '2' });
    await setUpAgain();
    expect(lineNames()).toEqual([
      ['sales', 'Sales team'],
      ['service', 'service'],
    ]);
    await here.lines.wishDeletion(portalId, 'service');
    await setUpAgain();
    expect(lineNames()).toEqual([['sales', 'Sales team']]);
    await setUpAgain();
    expect(portal.requestsTo('telephony.externalLine.delete')).toHaveLength(1);
  });

  it('keep the name that somebody gave them in the portal, and follow the policy for clients', async () => {
    await open();
    await saveLine('1', 'sales');
    portal.company.lines.push({ number: 'sales', name: 'Ours', crmAutoCreate: true });
    const crm = { outbound: { create: false } };
    await here.portals.saveSettings(portalId, { defaultUserId: 1, crm });
    await setUpAgain();
    expect(portal.company.lines).toMatchObject([{ number: 'sales', name: 'Ours', crmAutoCreate: false }]);
  });
});

describe('the employees of a portal', () => {
  it('are read page by page: 120 of them on three pages', async () => {
    await open({ company: companyOf({ extensions: extensions(120) }) });
    await setUpAgain();
    expect(await phones()).toHaveLength(120);
    expect(portal.requestsTo('user.get')).toHaveLength(3);
  });

  it.each([
    ['nobody', () => (portal.company.users.length = 0)],
    ['nobody with an extension', () => portal.company.users.forEach((user) => (user.extension = null))],
    ['blanks for extensions', () => portal.company.users.forEach((user) => (user.extension = ' '))],
  ])('are not forgotten when the portal tells of %s', async (_what, happen) => {
    await open();
    await setUpAgain();
    const before = await phones();
    happen();
    expect(await here.readUsers.run(portalId)).toContain('what was known before stays');
    expect(await phones()).toEqual(before);
  });

  it('are not forgotten when the portal does not answer, or only half', async () => {
    await open({ company: companyOf({ extensions: extensions(60) }) });
    await setUpAgain();
    portal.inject({ kind: 'server-error', method: 'user.get', nth: 2 });
    await expect(here.readUsers.run(portalId)).rejects.toMatchObject({ verdict: 'retry' });
    expect(await phones()).toHaveLength(60);
  });

  it('who were dismissed have no extension any more, and one extension has one owner', async () => {
    await open();
    portal.company.users[2]!.extension = '1001';
    portal.dismiss(2);
    await setUpAgain();
    expect(await phones()).toEqual([['1001', 1]]);
    expect(await problem()).toContain(
      '1001 is the number of User 1 (1), who gets its calls, and of User 3 (3)',
    );
    expect(sharedExtensions({ phones: [], shared: [], without: [] })).toBeUndefined();
  });

  it('are nowhere while two portals share a switch and nobody says whose phones are where', async () => {
    await open();
    const other = cloud.addPortal({ origin: 'http://127.0.0.1:1' });
    await here.install(other);
    await setUpAgain();
    expect(await problem()).toContain('It is not known on which switch');
    expect(portal.requestsTo('user.get')).toEqual([]);
  });

  it('are each in their own domain in two portals side by side', async () => {
    cloud = new FakeCloud();
    const both = ['acme.example', 'globex.example'].map((domain) => ({
      domain,
      fake: cloud.addPortal({
        origin: `http://${domain}`,
        rateLimit: false,
        company: companyOf({ extensions: ['1001'] }),
      }),
    }));
    running = await cloud.listen();
    here = new Deployment(dataSource, cloud.oauth.origin);
    await here.directory.registerSwitch('shared');
    for (const { domain, fake } of both) {
      const id = await here.install(fake);
      const settings = { defaultUserId: 1, phones: [{ switchId: 'shared', domain }] };
      await here.portals.saveSettings(id, settings);
      await here.setUp().run(id);
      expect(await here.phones.of(id)).toEqual([
        { switchId: 'shared', domain, extension: '1001', userId: 1 },
      ]);
      expect(fake.apps.get(fake.app).bindings).toHaveLength(10);
    }
    const keys = both.map(({ fake }) => fake.apps.get(fake.app).bindings[0]?.handler);
    expect(new Set(keys).size).toBe(2);
  });
});
