import { tmpdir } from 'node:os';
import { randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger } from '@app/observability';
import { uninstalled } from '@app/portals';
import { openQueueBackend, portalEventQueue, ringPortalEvent } from '@app/queues';
import { createDataSource, migrate, PortalAppStore, PortalEventStore, PortalStore } from '@app/store';
import {
  createTestDatabase,
  createTestQueue,
  FakeCloud,
  type FakePortal,
  type TestDatabase,
  type TestQueue,
} from '@app/testkit';
import { Office } from './testing/office';
import { until } from './testing/until';
import { WorkerModule } from './worker.module';

jest.setTimeout(60_000);

type DataSource = Awaited<ReturnType<ReturnType<typeof createDataSource>['initialize']>>;

/** What a public door leaves in the database for the worker: a portal that was installed, and events. */
describe('the worker and its portals', () => {
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
    portal = cloud.addPortal({ origin: 'https://acme.example', license: { type: 'ent250', family: 'ent' } });
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
    portals = new PortalStore(dataSource, office.secrets);
    portalId = await install();
  });

  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  /** As the door does, with an access token that has expired since. */
  async function install(): Promise<string> {
    const { clientId, clientSecret, scopes } = portal.app;
    const { appId } = await new PortalAppStore(dataSource, office.secrets).add({
      kind: 'local',
      clientId,
      clientSecret,
    });
    const { memberId } = portal;
    const pair = cloud.oauth.tokens.issuePair({ memberId, clientId, userId: 1, scopes });
    cloud.oauth.tokens.expire(pair.accessToken);
    const installed = await portals.install({
      memberId,
      domain: '127.0.0.1',
      endpoint: `${portal.origin}/rest/`,
      credentials: {
        accessToken: pair.accessToken,
        refreshToken: pair.refreshToken,
        serverEndpoint: `${cloud.oauth.origin}/rest/`,
      },
      settings: { defaultUserId: 1, phones: [{ switchId: 'main', domain: 'acme.example' }] },
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
    const module = WorkerModule.forRoot(
      settings,
      createLogger({ app: 'worker', level: 'fatal' }),
      onFenceLost,
    );
    const worker = await NestFactory.create(module, { logger: false, abortOnError: false });
    endings.push(() => worker.close());
    return worker.init();
  }

  const eventOf = (name: string, data: unknown, receivedAt = Date.now()) => ({
    portalId,
    name,
    data,
    receivedAt,
    handlerId: randomUUID(),
  });

  it('sets a portal up though nobody has rung: with a renewed token, and the limit of its plan', async () => {
    await startWorker();
    await until(async () => (await portals.byId(portalId))?.setUpDone === 1);
    expect(await portals.byId(portalId)).toMatchObject({
      license: 'en_ent250',
      rateCapacity: 250,
      scope: expect.arrayContaining(['telephony']) as unknown,
      troubleKind: null,
      setUpProblem: null,
    });
    expect(cloud.oauth.requestsTo('oauth/token')).toHaveLength(1);
    expect(portal.audit()).toEqual([]);
  });

  it('handles events when it is rung for, and those whose ring was lost', async () => {
    const inbox = new PortalEventStore(dataSource);
    const lost = await inbox.store(eventOf('ONAPPTEST', {}, Date.now() - 60_000));
    const click = { PHONE_NUMBER: '+7', PHONE_NUMBER_INTERNATIONAL: '+7', USER_ID: '1', CALL_ID: 'c.1' };
    const rung = await inbox.store(eventOf('ONEXTERNALCALLSTART', click));
    const backend = await openQueueBackend(place.url, { onError: () => undefined });
    endings.push(() => backend.close());
    const queue = backend.queue(portalEventQueue);
    endings.push(() => queue.close());
    await ringPortalEvent(queue, rung.eventId);
    await startWorker();
    const states = async () => {
      const rows: { event_id: string; state: string; reason: string | null }[] = await dataSource.query(
        'SELECT event_id, state, reason FROM portal_event ORDER BY event_id',
      );
      return rows.map(({ event_id, state, reason }) => [event_id, state, reason]);
    };
    await until(async () => (await states()).every(([, state]) => state !== 'stored'));
    expect(await states()).toEqual([
      [lost.eventId, 'handled', null],
      [rung.eventId, 'handled', expect.stringMatching(/^not-dialable: call /)],
    ]);
  });

  it('erases a portal that was removed with its data', async () => {
    await new PortalEventStore(dataSource).store(eventOf('ONAPPUNINSTALL', { CLEAN: '1' }));
    await portals.uninstall(portalId, uninstalled, true);
    await startWorker();
    await until(async () => (await portals.byId(portalId)) === undefined);
    expect(await dataSource.query('SELECT FROM portal_event')).toEqual([]);
  });
});
