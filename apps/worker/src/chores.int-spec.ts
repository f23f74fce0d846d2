import { tmpdir } from 'node:os';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger } from '@app/observability';
import {
  createDataSource,
  DirectoryStore,
  migrate,
  PhoneStore,
  PortalAppStore,
  PortalEventStore,
  PortalStore,
} from '@app/store';
import {
  companyOf,
  createTestDatabase,
  createTestQueue,
  FakeCloud,
  type FakePortal,
  type FakeUser,
  type TestDatabase,
  type TestQueue,
} from '@app/testkit';
import { Office } from './testing/office';
import { toldCall } from './testing/told-call';
import { until } from './testing/until';
import { WorkerModule } from './worker.module';

jest.setTimeout(90_000);

type DataSource = Awaited<ReturnType<ReturnType<typeof createDataSource>['initialize']>>;

/** A portal whose own switch is `main`; its people are those of `extensions`, and its events reach nobody. */
describe('the worker looks after a portal', () => {
  let database: TestDatabase;
  let place: TestQueue;
  let portal: FakePortal;
  let cloud: FakeCloud;
  let office: Office;
  let dataSource: DataSource;
  let portals: PortalStore;
  let portalId: string;
  const endings: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    [database, place] = await Promise.all([createTestDatabase(), createTestQueue()]);
    endings.push(() => Promise.all([database.drop(), place.drop()]));
    await migrate(database.url);
    cloud = new FakeCloud();
    portal = cloud.addPortal({
      origin: 'https://acme.example',
      rateLimit: false,
      company: companyOf({ extensions: ['1005', '1009'] }),
      deliver: () => Promise.reject(new Error('nobody listens')),
    });
    const running = await cloud.listen();
    endings.push(() => running.close());
    office = await Office.open({
      databaseUrl: database.url,
      queueUrl: place.url,
      endpoint: `${portal.origin}/rest/`,
      accessToken: portal.accessToken,
      recordings: tmpdir(),
    });
    endings.push(() => office.close());
    dataSource = await createDataSource(database.url, { poolSize: 2 }).initialize();
    endings.push(() => dataSource.destroy());
    await dataSource.query('DELETE FROM portal');
    portals = new PortalStore(dataSource, office.secrets);
    portalId = await install();
    await new DirectoryStore(dataSource).registerSwitch('main', portal.memberId);
  });

  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  async function install(): Promise<string> {
    const { memberId, app } = portal;
    const { clientId, clientSecret, scopes } = app;
    const { appId } = await new PortalAppStore(dataSource, office.secrets).add({
      kind: 'local',
      clientId,
      clientSecret,
    });
    const pair = cloud.oauth.tokens.issuePair({ memberId, clientId, userId: 5, scopes });
    portal.company.users[0]!.isAdmin = true;
    const installed = await portals.install({
      memberId,
      domain: '127.0.0.1',
      endpoint: `${portal.origin}/rest/`,
      credentials: { ...pair, serverEndpoint: `${cloud.oauth.origin}/rest/` },
      settings: { defaultUserId: 9 },
      appId,
    });
    return installed.portalId;
  }

  async function startWorker(): Promise<INestApplication> {
    const settings = office.settings({
      ALLOWED_PORTALS: portal.origin,
      OAUTH_SERVERS: cloud.oauth.origin,
      PUBLIC_URL: 'https://connector.example',
    });
    const onFenceLost = (error: Error) => {
      throw error;
    };
    const log = createLogger({ app: 'worker', level: 'fatal' });
    const module = WorkerModule.forRoot(settings, log, onFenceLost);
    const worker = await NestFactory.create(module, { logger: false, abortOnError: false });
    endings.push(() => worker.close());
    return worker.init();
  }

  const setUpIsDone = () =>
    until(async () => {
      const found = await portals.byId(portalId);
      return found !== undefined && found.setUpWanted > 0 && found.setUpDone === found.setUpWanted;
    });
  const phones = async () =>
    (await new PhoneStore(dataSource).of(portalId)).map(({ extension }) => extension);
  const user = (id: number): FakeUser => ({ ...portal.company.users[0]!, id, extension: String(1000 + id) });
  /** Nobody rings for it: it came a while ago. */
  const eventOf = (name: string, data: unknown) => ({
    portalId,
    name,
    data,
    receivedAt: Date.now() - 60_000,
  });
  const bindings = () => portal.apps.get(portal.app).bindings;
  const events = async () => {
    const rows: { name: string; state: string; source: string }[] = await dataSource.query(
      'SELECT name, state, source FROM portal_event ORDER BY event_id',
    );
    return rows;
  };

  it('reads the users when somebody was hired', async () => {
    await startWorker();
    await setUpIsDone();
    await dataSource.query(`UPDATE portal_chore SET done_at = now() - interval '10 minutes'`);
    portal.company.users.push(user(7));
    await new PortalEventStore(dataSource).store(eventOf('ONUSERADD', { ID: '7' }));
    await until(async () => (await phones()).includes('1007'));
  });

  it('reads the users once when an unknown phone rings, and the card is there while it rings', async () => {
    await startWorker();
    await setUpIsDone();
    await dataSource.query(`UPDATE portal_chore SET done_at = now() - interval '10 minutes'`);
    portal.company.users.push(user(1), user(2));
    const reads = portal.requestsTo('user.get').length;
    await office.tell(toldCall('call-1').ringing);
    const cards = () => [...portal.state.calls.all].flatMap(({ id }) => portal.screens.viewers(id)).sort();
    await until(() => cards().length === 2);
    expect(cards()).toEqual([1, 2]);
    await dataSource.query(`DELETE FROM portal_user WHERE extension = '1001'`);
    await office.tell(toldCall('call-2').ringing);
    const isPutOff = async () => {
      const rows: unknown[] = await dataSource.query(
        `SELECT FROM portal_chore WHERE chore = 'read-users' AND due_at < now() + interval '10 minutes'`,
      );
      return rows.length === 1;
    };
    await until(isPutOff);
    expect(portal.requestsTo('user.get').length - reads).toBe(1);
  });

  it('binds again what an update of the application has wiped', async () => {
    await startWorker();
    await setUpIsDone();
    portal.apps.get(portal.app).bindings = [];
    await new PortalEventStore(dataSource).store(eventOf('ONAPPUPDATE', { VERSION: '2' }));
    await until(() => bindings().length === 10);
  });

  it('fetches a callback that came while everything was down, once', async () => {
    const first = await startWorker();
    await setUpIsDone();
    endings.pop();
    await first.close();
    portal.submitCallbackForm({ phoneNumber: '+79160000001' });
    await startWorker();
    await until(async () => (await events()).some(({ state }) => state === 'handled'));
    expect(await events()).toEqual([
      { name: 'ONEXTERNALCALLBACKSTART', state: 'handled', source: 'offline' },
    ]);
    await until(() => portal.apps.get(portal.app).offline.all(Date.now()).length === 0);
  });

  it('fetches what the portal keeps when it is told of it', async () => {
    await startWorker();
    await setUpIsDone();
    portal.submitCallbackForm({ phoneNumber: '+79160000002' });
    await new PortalEventStore(dataSource).store(eventOf('ONOFFLINEEVENT', {}));
    await until(async () => (await events()).filter(({ source }) => source === 'offline').length === 1);
  });
});
