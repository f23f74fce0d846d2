import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { gatewaySettings, type GatewaySettings } from '@app/config';
import { createLogger } from '@app/observability';
import { doorAddresses } from '@app/portals';
import {
  openQueueBackend,
  portalEventQueue,
  setUpPortalQueue,
  type JobQueue,
  type QueueBackend,
} from '@app/queues';
import { createDataSource, migrate, PortalAppStore, PortalStore, SecretBox, SetUpStore } from '@app/store';
import {
  createTestDatabase,
  createTestQueue,
  FakeCloud,
  type FakeApp,
  type FakePortal,
  type TestDatabase,
  type TestQueue,
} from '@app/testkit';
import { Client } from 'pg';
import { stringify } from 'qs';
import request from 'supertest';
import { GatewayModule } from './gateway.module';
import { DecoyServer } from './testing/decoy-server';
import { freePort } from './testing/free-port';
import { until } from './testing/until';

type DataSource = Awaited<ReturnType<ReturnType<typeof createDataSource>['initialize']>>;

/** Databases, servers and processes of others share the machine. */
jest.setTimeout(60_000);

/** Each test has a portal of its own. */
const MOST_TESTS = 32;
const FORM = 'application/x-www-form-urlencoded';
const CLICK = 'ONEXTERNALCALLSTART';

/** A gateway that is the public door alone, portals and their OAuth server: all of it real, over HTTP. */
describe('the public door of a gateway', () => {
  let database: TestDatabase;
  let place: TestQueue;
  let cloud: FakeCloud;
  let gateway: INestApplication<Server>;
  let dataSource: DataSource;
  let backend: QueueBackend;
  let queues: [name: string, queue: JobQueue<object>][];
  let settings: GatewaySettings;
  let publicUrl: string;
  let portal: FakePortal;
  let jobsBefore: ReadonlyMap<string, number>;
  let portalsUsed = 0;
  const logged: string[] = [];
  const endings: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    [database, place] = await Promise.all([createTestDatabase(), createTestQueue()]);
    endings.push(() => Promise.all([database.drop(), place.drop()]));
    await migrate(database.url);
    cloud = new FakeCloud();
    for (let n = 0; n < MOST_TESTS; n += 1) cloud.addPortal({ origin: `https://portal-${n}.example` });
    const running = await cloud.listen();
    endings.push(() => running.close());
    dataSource = await createDataSource(database.url, { poolSize: 2 }).initialize();
    endings.push(() => dataSource.destroy());
    backend = await openQueueBackend(place.url, { onError: () => undefined });
    endings.push(() => backend.close());
    queues = [portalEventQueue, setUpPortalQueue].map((queue) => [queue.name, backend.queue<object>(queue)]);
    endings.push(() => Promise.all(queues.map(([, queue]) => queue.close())));
    await openGateway();
  });

  afterAll(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  beforeEach(async () => {
    for (const table of ['portal_event', 'portal', 'portal_app'])
      await dataSource.query(`DELETE FROM ${table}`);
    jobsBefore = await jobCounts();
    logged.length = 0;
    const next = cloud.portals[portalsUsed];
    portalsUsed += 1;
    if (!next) throw new Error('there are more tests than portals');
    portal = next;
  });

  afterEach(() => {
    const secrets = portal.state.installed.all.flatMap(({ app, applicationToken }) => [
      app.clientSecret,
      applicationToken,
    ]);
    expect(secrets.filter((secret) => logged.join('').includes(secret))).toEqual([]);
  });

  function readSettings(port: number): GatewaySettings {
    return gatewaySettings({
      GATEWAY_ROLES: 'http',
      DATABASE_URL: database.url,
      QUEUE_URL: place.url,
      SECRET_KEYS: `test:${Buffer.alloc(32, 3).toString('base64')}`,
      HTTP_PORT: String(port),
      ALLOWED_PORTALS: cloud.portals.map(({ origin }) => origin).join(),
      OAUTH_SERVERS: cloud.oauth.origin,
    });
  }

  async function openGateway(): Promise<void> {
    const port = await freePort();
    publicUrl = `http://127.0.0.1:${port}`;
    const log = createLogger({
      app: 'gateway',
      level: 'trace',
      destination: { write: (line: string) => void logged.push(line) },
    });
    settings = readSettings(port);
    const module = GatewayModule.forRoot(settings, log);
    gateway = await NestFactory.create(module, { logger: false, abortOnError: false });
    endings.push(() => gateway.close());
    await gateway.init();
  }

  const stores = () => {
    const secrets = new SecretBox(settings.secrets.keys);
    return {
      apps: new PortalAppStore(dataSource, secrets),
      portals: new PortalStore(dataSource, secrets),
      setUps: new SetUpStore(dataSource),
    };
  };
  const rows = async (statement: string): Promise<Record<string, unknown>[]> => dataSource.query(statement);
  const events = () => rows('SELECT name, state, data, auth FROM portal_event ORDER BY event_id');
  const stored = async () => {
    const found = await stores().portals.byMemberId(portal.memberId);
    if (!found) throw new Error('the portal is not installed');
    return found;
  };
  const credentials = async () => stores().portals.credentialsOf((await stored()).portalId);

  /** Why requests were refused, as the log says. */
  const refusals = () =>
    logged
      .map((line) => (JSON.parse(line) as { reason?: string }).reason?.split(':')[0])
      .filter((reason) => reason !== undefined);

  async function jobCounts(): Promise<ReadonlyMap<string, number>> {
    const counts = queues.map(async ([name, queue]): Promise<[string, number]> => {
      const { waiting = 0 } = await queue.getJobCounts('waiting');
      return [name, waiting];
    });
    return new Map(await Promise.all(counts));
  }

  /** Exactly one ring has come since the test began. */
  const rung = (queue: 'portal-event' | 'set-up-portal') =>
    until(async () => (await jobCounts()).get(queue) === (jobsBefore.get(queue) ?? 0) + 1);

  interface AppOptions {
    readonly withPages?: boolean;
    readonly handler?: 'app' | 'install';
    /** Its installation tells nobody: the test does. */
    readonly secretly?: boolean;
  }

  /** An application as `portals add` and the form of Bitrix24 make it. */
  async function addApp({ withPages = false, handler = 'app', secretly = false }: AppOptions = {}) {
    const clientId = `local.${randomUUID()}`;
    const clientSecret = `secret-of-${clientId}`;
    const { installKey } = await stores().apps.add({ kind: 'local', clientId, clientSecret });
    const at = doorAddresses(publicUrl, installKey);
    const app = portal.apps.add({
      clientId,
      clientSecret,
      installUrl: secretly ? undefined : at.install,
      handlerUrl: withPages ? at[handler] : undefined,
    });
    return { app, at };
  }

  /** The same, on the portal already, but we have not heard of it. */
  async function secretApp() {
    const added = await addApp({ secretly: true });
    portal.apps.install(added.app);
    return added;
  }

  /** An application that is installed and has bound what it needs, with the tokens that the installation has left. */
  async function installedApp() {
    const added = await addApp();
    const { applicationToken } = portal.apps.install(added.app);
    await portal.post.settled();
    const { accessToken } = await credentials();
    for (const event of [CLICK, 'ONAPPUPDATE', 'ONAPPUNINSTALL', 'ONAPPTEST']) {
      const body = { auth: accessToken, event, handler: added.at.events };
      const answer = await post(`${portal.origin}/rest/event.bind`, JSON.stringify(body), 'application/json');
      expect(answer.status).toBe(200);
    }
    return { ...added, applicationToken };
  }

  /** ONAPPINSTALL with a refresh token that the portal has given to the application. */
  function installBody(of: FakePortal, app: FakeApp) {
    const grant = { memberId: of.memberId, clientId: app.clientId, userId: 1, scopes: app.scopes };
    const { accessToken, refreshToken } = cloud.oauth.tokens.issuePair(grant);
    return {
      event: 'ONAPPINSTALL',
      data: { VERSION: 1 },
      ts: '1773236988',
      auth: {
        access_token: accessToken,
        refresh_token: refreshToken,
        member_id: of.memberId,
        application_token: '51856fefc120afa4b628cc82d3935cce',
        server_endpoint: `${cloud.oauth.origin}/rest/`,
        client_endpoint: `${of.origin}/rest/`,
      },
    };
  }

  const post = (address: string, body: string, type = FORM) =>
    fetch(address, { method: 'POST', headers: { 'content-type': type }, body });
  const statusOf = async (address: string, body: object) => (await post(address, stringify(body))).status;

  describe('an installation', () => {
    it('of an application without pages is stored, sealed, and rung for', async () => {
      const { app } = await addApp();
      const { applicationToken } = portal.apps.install(app);
      await portal.post.settled();
      expect(portal.post.deliveries).toMatchObject([{ event: 'ONAPPINSTALL', status: 200 }]);
      const { portalId, ...found } = await stored();
      expect(found).toMatchObject({
        endpoint: `${portal.origin}/rest/`,
        installerUserId: 1,
        appStatus: 'L',
        troubleKind: null,
      });
      const { accessToken } = await credentials();
      expect(cloud.oauth.tokens.access(accessToken)?.grant).toMatchObject({ clientId: app.clientId });
      expect(await stores().setUps.due(Date.now(), 10)).toEqual([portalId]);
      await rung('set-up-portal');
      const kept = JSON.stringify(await rows('SELECT * FROM portal, portal_app'));
      for (const secret of [accessToken, applicationToken, app.clientSecret])
        expect(kept).not.toContain(secret);
    });

    it('of one with pages finishes in the frame, which then tells everybody how things stand', async () => {
      const { app } = await addApp({ withPages: true });
      portal.apps.install(app);
      const first = await portal.apps.open(app);
      expect([first.status, first.body]).toEqual([200, expect.stringContaining('BX24.installFinish()')]);
      expect(first.headers.get('content-security-policy')).toContain(`frame-ancestors ${portal.origin}`);
      portal.apps.finishInstall(app);
      const colleague = await portal.apps.open(app, { userId: 5 });
      expect([colleague.status, colleague.body]).toEqual([
        200,
        expect.stringContaining('This portal is connected'),
      ]);
      const trouble = { kind: 'access-denied', reason: 'It was denied.', cure: 'Allow it.' };
      await stores().portals.markRed((await stored()).portalId, trouble);
      expect((await portal.apps.open(app, { userId: 5 })).body).toMatch(/It was denied\.[^]*Allow it\./);
    });

    it('is not an employee’s to make, and his tokens never replace the installer’s', async () => {
      // Both addresses in the form are the installation's: an easy mistake.
      const { app } = await addApp({ withPages: true, handler: 'install' });
      portal.apps.install(app);
      expect((await portal.apps.open(app, { userId: 5 })).status).toBe(403);
      expect(refusals()).toEqual(['not-an-administrator']);
      expect(await rows('SELECT FROM portal')).toEqual([]);

      expect((await portal.apps.open(app)).status).toBe(200);
      portal.apps.finishInstall(app);
      const before = await credentials();
      expect((await portal.apps.open(app, { userId: 5 })).status).toBe(200);
      expect(await credentials()).toEqual(before);
      expect(await stored()).toMatchObject({ installerUserId: 1 });
    });

    it('of a local application is for one portal', async () => {
      const { app, at } = await installedApp();
      const other = cloud.portals[MOST_TESTS - 1];
      if (!other) throw new Error('there is no other portal');
      expect(await statusOf(at.install, installBody(other, app))).toBe(403);
      expect(refusals()).toEqual(['other-portal']);
      expect(await rows('SELECT member_id FROM portal')).toEqual([{ member_id: portal.memberId }]);
    });

    it('that comes again ends a trouble', async () => {
      const { at, app } = await installedApp();
      const { portalId } = await stored();
      await stores().portals.markRed(portalId, { kind: 'refresh-token-dead', reason: 'r', cure: 'c' });
      expect(await statusOf(at.install, installBody(portal, app))).toBe(200);
      expect(await stored()).toMatchObject({ portalId, troubleKind: null });
    });

    it('that is replayed installs nothing: its token was spent', async () => {
      const { at, app } = await secretApp();
      const body = installBody(portal, app);
      expect(await statusOf(at.install, body)).toBe(200);
      const before = await credentials();
      expect(await statusOf(at.install, body)).toBe(403);
      expect(refusals()).toEqual(['token-refused']);
      expect(await credentials()).toEqual(before);
    });
  });

  describe('an event', () => {
    it('is stored once, also when it comes twice, and rung for', async () => {
      const { app } = await installedApp();
      portal.post.inject({ kind: 'duplicate', event: CLICK });
      portal.chooseOutgoing(app);
      portal.click({ userId: 1, phoneNumber: '+74950000000' });
      await portal.post.settled();
      const clicks = portal.post.deliveries.filter(({ event }) => event === CLICK);
      expect(clicks.map(({ status }) => status)).toEqual([200, 200]);
      expect(await events()).toMatchObject([
        {
          name: CLICK,
          state: 'stored',
          data: { PHONE_NUMBER: '+74950000000', USER_ID: '1' },
          auth: { member_id: portal.memberId, access_token: '[hidden]', application_token: '[hidden]' },
        },
      ]);
      await rung('portal-event');
    });

    it('that nobody can vouch for is refused, logged with a reason, and not stored', async () => {
      const { at, applicationToken } = await installedApp();
      const other = await addApp();
      const auth = { member_id: portal.memberId, application_token: applicationToken };
      const click = (changes: object) => ({
        event: CLICK,
        data: { USER_ID: '1' },
        auth: { ...auth, ...changes },
      });
      const statuses = [
        await statusOf(at.events, click({ application_token: 'f'.repeat(32) })),
        await statusOf(at.events, click({ application_token: '' })),
        await statusOf(at.events, click({ member_id: 'e'.repeat(32) })),
        await statusOf(other.at.events, click({})),
        await statusOf(at.events, click({ member_id: ['a', 'b'] })),
        await statusOf(`${publicUrl}/bitrix24/nobodys-key/events`, click({})),
      ];
      expect(statuses).toEqual([403, 403, 403, 403, 400, 404]);
      expect(refusals()).toEqual([
        'wrong-application-token',
        'wrong-application-token',
        'unknown-portal',
        'unknown-portal',
        'malformed',
        'not-found',
      ]);
      expect(await events()).toEqual([]);
    });

    it('or an installation that cannot be read is refused', async () => {
      const { at } = await installedApp();
      const hostile = [
        ['too-large', 413, `data=${'x'.repeat(1024 * 1024 + 1)}`, FORM],
        ['malformed', 400, '', FORM],
        ['wrong-content-type', 415, '<event/>', 'text/xml'],
      ] as const;
      for (const [reason, status, body, type] of hostile) {
        expect((await post(at.events, body, type)).status).toBe(status);
        expect((await post(at.install, body, type)).status).toBe(status);
        expect(refusals().splice(-2)).toEqual([reason, reason]);
      }
      expect((await post(at.events, '{"event":', 'application/json')).status).toBe(400);
      expect(await events()).toEqual([]);
    });

    it('that is replayed is answered, and stored once', async () => {
      const { at, applicationToken } = await installedApp();
      const auth = { member_id: portal.memberId, application_token: applicationToken };
      const body = { event: 'ONAPPTEST', ts: '1773236988', auth };
      const statuses = await Promise.all(Array.from({ length: 5 }, () => statusOf(at.events, body)));
      expect(statuses).toEqual([200, 200, 200, 200, 200]);
      expect(await events()).toHaveLength(1);
    });

    it('that an update brings replaces the application token, and has the portal set up', async () => {
      const { app, at, applicationToken } = await installedApp();
      const { setUps } = stores();
      const { portalId } = await stored();
      await setUps.mark(portalId, { done: 1 });
      portal.apps.update(app);
      await portal.post.settled();
      expect(portal.post.deliveries.at(-1)).toMatchObject({ event: 'ONAPPUPDATE', status: 200 });
      expect(await setUps.due(Date.now(), 10)).toEqual([portalId]);
      const event = (token: string) => ({
        event: 'ONAPPTEST',
        auth: { member_id: portal.memberId, application_token: token },
      });
      expect(await statusOf(at.events, event(applicationToken))).toBe(403);
      expect(await statusOf(at.events, event(portal.apps.get(app).applicationToken))).toBe(200);
    });

    it.each([false, true])(
      'that the application was removed ends its tokens; with its data: %s',
      async (clean) => {
        const { app } = await installedApp();
        portal.apps.uninstall(app, { clean });
        await portal.post.settled();
        expect(portal.post.deliveries.at(-1)).toMatchObject({ event: 'ONAPPUNINSTALL', status: 200 });
        const [row] = await rows(
          'SELECT credentials, trouble_kind, erase_since IS NOT NULL AS erased FROM portal',
        );
        expect(row).toEqual({ credentials: null, trouble_kind: 'uninstalled', erased: clean });
        const found = await stores().portals.byMemberId(portal.memberId);
        expect(found === undefined).toBe(clean);
      },
    );
  });

  describe('somebody who wants us to call', () => {
    let decoy: DecoyServer;
    beforeEach(async () => {
      decoy = await DecoyServer.start();
    });
    afterEach(async () => {
      expect([decoy.connections, decoy.requests]).toEqual([0, []]);
      await decoy.stop();
    });

    it('an OAuth server of his own is refused before anything is sent', async () => {
      const { app, at } = await secretApp();
      const { auth, ...body } = installBody(portal, app);
      const asked = cloud.oauth.requests.length;
      for (const server of [
        decoy.origin,
        `http://127.0.0.1:${decoy.port}@oauth.bitrix.info/`,
        `https://oauth.bitrix.info@127.0.0.1:${decoy.port}/`,
        'http://169.254.169.254/latest/meta-data/',
      ])
        expect(await statusOf(at.install, { ...body, auth: { ...auth, server_endpoint: server } })).toBe(403);
      expect(new Set(refusals())).toEqual(new Set(['oauth-server-not-pinned']));
      expect(cloud.oauth.requests).toHaveLength(asked);
      expect(await rows('SELECT FROM portal')).toEqual([]);
    });

    it('an address that the payload names is not heard: only the OAuth server says where a portal is', async () => {
      const { app, at } = await secretApp();
      const { auth, ...body } = installBody(portal, app);
      const claim = { ...auth, client_endpoint: `${decoy.origin}/rest/`, domain: `127.0.0.1:${decoy.port}` };
      expect(await statusOf(at.install, { ...body, auth: claim })).toBe(200);
      expect(await stored()).toMatchObject({ endpoint: `${portal.origin}/rest/` });
    });

    it.each([
      ['an address of ours', () => decoy.origin],
      ['a name of this machine', () => 'https://localhost'],
      ['the metadata service of a cloud', () => 'http://169.254.169.254'],
      ['an address in disguise', () => 'https://2130706433'],
      ['one with a user name', () => `https://acme.bitrix24.com@127.0.0.1:${decoy.port}`],
    ])('a portal that the OAuth server itself puts at %s is refused', async (_what, origin) => {
      const { app, at } = await secretApp();
      const body = installBody(portal, app);
      portal.state.identity.origin = origin();
      expect(await statusOf(at.install, body)).toBe(403);
      expect(refusals()).toEqual(['portal-address-refused']);
      expect(await rows('SELECT FROM portal')).toEqual([]);
    });

    it('a portal that redirects inside is not followed', async () => {
      const { app, at } = await secretApp();
      portal.inject({ kind: 'redirect', to: `${decoy.origin}/rest/profile`, times: 9 });
      expect(await statusOf(at.install, installBody(portal, app))).toBe(403);
      expect(await rows('SELECT FROM portal')).toEqual([]);
    });
  });

  describe('without its database', () => {
    it('answers 503, says so in /health, and is itself again when the database is', async () => {
      const { at, applicationToken } = await installedApp();
      const health = () => request(gateway.getHttpServer()).get('/health');
      await until(async () => (await health()).status === 200);
      const auth = { member_id: portal.memberId, application_token: applicationToken };
      const event = { event: 'ONAPPTEST', auth };
      await withoutDatabase(async () => {
        expect(await statusOf(at.events, event)).toBe(503);
        expect(refusals()).toContain('store-unavailable');
        expect(logged.join('')).toContain('will not come again');
        await until(async () => (await health()).status === 503);
        expect(JSON.stringify((await health()).body)).toContain('events cannot be stored');
      });
      await until(async () => (await statusOf(at.events, event)) === 200);
      await until(async () => (await health()).status === 200);
      expect(await events()).toHaveLength(1);
    });

    /** Nobody can connect meanwhile, and who was connected is not any more. */
    async function withoutDatabase(work: () => Promise<void>): Promise<void> {
      const name = new URL(database.url).pathname.slice(1);
      const admin = new Client({ connectionString: process.env.DATABASE_URL });
      await admin.connect();
      try {
        await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
        await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
          name,
        ]);
        await work();
      } finally {
        await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
        await admin.end();
      }
    }
  });
});
