import { createDataSource, migrate } from '@app/store';
import { companyOf, createTestDatabase, FakeCloud, type FakePortal, type TestDatabase } from '@app/testkit';
import { FetchOfflineEvents } from './fetch-offline-events';
import type { PortalRequests } from './paced-sessions';
import { Deployment } from './testing/deployment';

const CALLBACK = 'ONEXTERNALCALLBACKSTART';

let database: TestDatabase;
let dataSource: Deployment['dataSource'];
let portal: FakePortal;
let running: { close(): Promise<void> };
let here: Deployment;
let portalId: string;
let rung: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.url);
  dataSource = await createDataSource(database.url, { poolSize: 4 }).initialize();
});

afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

beforeEach(async () => {
  for (const table of ['portal_event', 'portal', 'portal_app', 'switch'])
    await dataSource.query(`DELETE FROM ${table}`);
  const cloud = new FakeCloud();
  portal = cloud.addPortal({
    origin: 'http://unused.example',
    rateLimit: false,
    company: companyOf({ extensions: ['1001'] }),
    // Nobody listens at our public address: what is not fetched is lost.
    deliver: () => Promise.reject(new Error('the connector is down')),
  });
  running = await cloud.listen();
  here = new Deployment(dataSource, cloud.oauth.origin);
  await here.directory.registerSwitch('main');
  portalId = await here.install(portal);
  await here.setUp().run(portalId);
  rung = [];
});

afterEach(() => running.close());

const fetcher = () =>
  new FetchOfflineEvents(here.sessions, here.inbox, (eventId) => Promise.resolve(void rung.push(eventId)));
const callBack = (phoneNumber: string) => portal.submitCallbackForm({ phoneNumber, text: 'Please call' });
const kept = () => portal.apps.get(portal.app).offline.all(Date.now());
const stored = async () => {
  const rows: { event_id: string; name: string; source: string; data: Record<string, unknown> }[] =
    await dataSource.query('SELECT event_id, name, source, data FROM portal_event ORDER BY event_id');
  return rows;
};

describe('callbacks that came while nobody listened', () => {
  it('are in the inbox once, rung for, and gone from the portal', async () => {
    callBack('+79160000001');
    callBack('+79160000002');
    expect(await fetcher().run(portalId)).toBeUndefined();
    const rows = await stored();
    expect(rows.map(({ name, source, data }) => [name, source, data.PHONE_NUMBER])).toEqual([
      [CALLBACK, 'offline', '+79160000001'],
      [CALLBACK, 'offline', '+79160000002'],
    ]);
    expect(rung).toEqual(rows.map(({ event_id }) => event_id));
    expect(kept()).toEqual([]);
  });

  it('cost one request when there are none', async () => {
    const before = portal.requests.length;
    await fetcher().run(portalId);
    expect(portal.requests.slice(before).map(({ method }) => method)).toEqual(['event.offline.list']);
  });

  it('are all fetched, however many there are', async () => {
    for (let n = 0; n < 120; n += 1) callBack(`+7916${String(n).padStart(7, '0')}`);
    await fetcher().run(portalId);
    expect(await stored()).toHaveLength(120);
    expect(kept()).toEqual([]);
  });

  it('that came by themselves, too, are there once', async () => {
    callBack('+79160000001');
    const [{ data, at } = { data: {}, at: 0 }] = kept();
    const posted = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, String(value)]));
    const ts = Math.round(at / 1000) + 2;
    await here.inbox.store({ portalId, name: CALLBACK, ts, handlerId: '1', data: posted, receivedAt: at });
    await fetcher().run(portalId);
    expect(await stored()).toMatchObject([{ source: 'online' }]);
    expect(rung).toEqual([]);
    expect(kept()).toEqual([]);
  });

  it.each(['event.offline.list', 'event.offline.get', 'event.offline.clear'])(
    'are neither lost nor doubled when the answer of %s is lost',
    async (method) => {
      callBack('+79160000001');
      portal.inject({ kind: 'execute-then-drop', method });
      await expect(fetcher().run(portalId)).rejects.toMatchObject({ name: 'PortalError' });
      callBack('+79160000002');
      await fetcher().run(portalId);
      expect((await stored()).map(({ data }) => data.PHONE_NUMBER)).toEqual(['+79160000001', '+79160000002']);
      expect(kept()).toEqual([]);
    },
  );

  it('stay in the portal when the database is away', async () => {
    callBack('+79160000001');
    const away = { storeFetched: () => Promise.reject(new Error('the database is away')) };
    const broken = new FetchOfflineEvents(here.sessions, away, () => Promise.resolve());
    await expect(broken.run(portalId)).rejects.toThrow('the database is away');
    expect(kept()).toHaveLength(1);
  });

  it('are told of when whoever installed the application has no right to them', async () => {
    portal.company.users[0]!.isAdmin = false;
    expect(await fetcher().run(portalId)).toContain('missed events cannot be fetched');
    expect(await here.portals.byId(portalId)).toMatchObject({ troubleKind: null });
  });
});

it('a plan that cannot set events aside has them deleted after they were stored', async () => {
  const asked: unknown[] = [];
  const record = {
    ID: 7,
    TIMESTAMP_X: '2026-11-28T10:00:00+03:00',
    EVENT_NAME: CALLBACK,
    EVENT_DATA: { PHONE_NUMBER: '+7' },
    EVENT_ADDITIONAL: null,
    MESSAGE_ID: 'm',
  };
  const refusal = { ok: false, error: new Error('the extended mode is not part of this plan') };
  const answer = (result: unknown) => ({ ok: true, answer: { result } });
  const requests = {
    tryCall: (method: string, params: { clear?: number }) => {
      asked.push([method, params.clear, rung.length]);
      if (method === 'event.offline.list')
        return Promise.resolve(answer([{ ...record, PROCESS_ID: '', ERROR: false }]));
      return Promise.resolve(params.clear === 0 ? refusal : answer({ process_id: null, events: [record] }));
    },
  } as unknown as PortalRequests;
  const sessions = { with: <T>(_id: string, work: (r: PortalRequests) => Promise<T>) => work(requests) };
  const ring = (eventId: string) => Promise.resolve(void rung.push(eventId));
  await new FetchOfflineEvents(sessions, here.inbox, ring).run(portalId);
  expect(asked).toEqual([
    ['event.offline.list', undefined, 0],
    ['event.offline.get', 0, 1],
    ['event.offline.get', 1, 1],
  ]);
  expect(await stored()).toMatchObject([{ source: 'offline', data: { PHONE_NUMBER: '+7' } }]);
});
