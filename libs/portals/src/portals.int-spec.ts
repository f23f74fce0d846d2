import { createSecretKey, randomBytes } from 'node:crypto';
import { AddressGuard, OAuthClient, PortalClient, PortalError, Secret } from '@app/bitrix24';
import {
  createDataSource,
  migrate,
  PortalAppStore,
  PortalStore,
  RateGovernor,
  SecretBox,
  SetUpStore,
} from '@app/store';
import {
  createTestDatabase,
  FakeCloud,
  ManualClock,
  type FakeApp,
  type FakePortal,
  type TestDatabase,
} from '@app/testkit';
import { AskRedPortals } from './ask-red-portals';
import { PacedSessions } from './paced-sessions';
import { PortalSessions } from './portal-sessions';
import { PortalTroubles } from './portal-troubles';
import { ReadFacts } from './set-up/read-facts';
import { RenewTokens } from './renew-tokens';
import { SetUpPortal } from './set-up-portal';

const REGISTER = 'telephony.externalCall.register';
const FINISH = 'telephony.externalCall.finish';
const HOUR_MS = 3_600_000;
const SECRETS = new SecretBox([{ id: 'test', key: createSecretKey(randomBytes(32)) }]);
const guard = new AddressGuard({ resolve: () => Promise.resolve([{ address: '93.184.216.34', family: 4 }]) });

type DataSource = Awaited<ReturnType<ReturnType<typeof createDataSource>['initialize']>>;

/** What one process of ours has, all on one data source. */
function processOn(dataSource: DataSource, cloud: FakeCloud) {
  const client = {
    userAgent: 'connector/1.0',
    timeoutMs: 2_000,
    fetch: cloud.asFetch(),
    checkAddress: guard.check,
  };
  const portals = new PortalStore(dataSource, SECRETS);
  const oauth = new OAuthClient(client);
  const requests = new PortalClient(client);
  const tokens = new RenewTokens(portals, oauth, { rules: guard, freshForMs: 0 });
  const troubles = new PortalTroubles(portals, guard, { error: () => undefined, info: () => undefined });
  const sessions = new PortalSessions(portals, tokens, troubles);
  const askRed = new AskRedPortals(portals, sessions, requests);
  const paced = new PacedSessions(sessions, requests, new RateGovernor(dataSource), { egress: 'test' });
  return { portals, requests, tokens, troubles, sessions, paced, askRed };
}

let database: TestDatabase;
let dataSource: DataSource;
let second: DataSource;
let clock: ManualClock;
let cloud: FakeCloud;
let portal: FakePortal;
let app: FakeApp;
let here: ReturnType<typeof processOn>;
let there: ReturnType<typeof processOn>;
let portalId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.url);
  dataSource = await createDataSource(database.url, { poolSize: 4 }).initialize();
  second = await createDataSource(database.url, { poolSize: 4 }).initialize();
});

afterAll(async () => {
  await dataSource.destroy();
  await second.destroy();
  await database.drop();
});

beforeEach(async () => {
  for (const table of ['portal', 'portal_app']) await dataSource.query(`DELETE FROM ${table}`);
  clock = new ManualClock();
  cloud = new FakeCloud({ clock });
  portal = cloud.addPortal({ origin: 'https://acme.example' });
  app = portal.app;
  here = processOn(dataSource, cloud);
  there = processOn(second, cloud);
  const { appId } = await new PortalAppStore(dataSource, SECRETS).add(app);
  const grant = { memberId: portal.memberId, clientId: app.clientId, userId: 1, scopes: app.scopes };
  const { accessToken, refreshToken } = cloud.oauth.tokens.issuePair(grant);
  ({ portalId } = await here.portals.install({
    memberId: portal.memberId,
    domain: 'acme.example',
    endpoint: 'https://acme.example/rest/',
    credentials: { accessToken, refreshToken, serverEndpoint: `${cloud.oauth.origin}/rest/` },
    settings: { defaultUserId: 1 },
    appId,
  }));
});

const storedToken = async () => (await here.portals.open(portalId)).accessToken ?? '';
const refreshes = () => cloud.oauth.requestsTo('oauth/token').length;
const trouble = async () => (await here.portals.open(portalId)).trouble;

async function failureOf(work: Promise<unknown>): Promise<PortalError> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (error instanceof PortalError) return error;
  throw new Error('it did not fail', { cause: error });
}

/** The token of the portal ends; what refreshes there were is forgotten. */
const expire = () => clock.advance(HOUR_MS + 1_000);

describe('a token that expires', () => {
  it('in the middle of a call is renewed, and the call is filed', async () => {
    const address = async () => ({
      endpoint: 'https://acme.example/rest/',
      accessToken: new Secret(await storedToken()),
    });
    const call = { USER_ID: 1, PHONE_NUMBER: '+79161234567', TYPE: 2, EXTERNAL_CALL_ID: 'c1' } as const;
    const { result } = await here.requests.call(await address(), REGISTER, call);
    expire();
    const finish = { CALL_ID: result.CALL_ID, USER_ID: 1, DURATION: 5, STATUS_CODE: '200' } as const;
    const stale = await address();
    expect(await failureOf(here.requests.call(stale, FINISH, finish))).toMatchObject({
      verdict: 'refresh-token',
    });
    const fresh = await here.tokens.renew(portalId, stale.accessToken.reveal());
    await here.requests.call({ ...stale, accessToken: new Secret(fresh) }, FINISH, finish);
    expect([...portal.state.statistics.values()]).toMatchObject([{ EXTERNAL_CALL_ID: 'c1' }]);
    expect(await storedToken()).toBe(fresh);
    expect(portal.audit()).toEqual([]);
  });

  it('in two processes at once is renewed once: exactly one refresh reaches the OAuth server', async () => {
    expire();
    const stale = await storedToken();
    const callers = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? here : there));
    const tokens = await Promise.all(callers.map((process) => process.tokens.renew(portalId, stale)));
    expect(new Set(tokens)).toEqual(new Set([await storedToken()]));
    expect(tokens[0]).not.toBe(stale);
    expect(refreshes()).toBe(1);
  });

  it('is renewed for a session without its caller noticing', async () => {
    expire();
    const { result } = await here.sessions.with(portalId, (address) =>
      here.requests.call(address, 'profile', {}),
    );
    expect(result.ID).toBe(1);
    expect(refreshes()).toBe(1);
    expect(await trouble()).toBeUndefined();
  });

  it('waits while the OAuth server does not answer, and the portal is not blamed for it', async () => {
    expire();
    cloud.oauth.inject({ kind: 'server-error', method: 'oauth/token' });
    const stale = await storedToken();
    expect(await failureOf(here.tokens.renew(portalId, stale))).toMatchObject({ verdict: 'retry' });
    expect(await trouble()).toBeUndefined();
    expect(await here.tokens.renew(portalId, stale)).not.toBe(stale);
  });

  it('shares a failure among all who waited for it', async () => {
    expire();
    cloud.oauth.inject({ kind: 'drop', method: 'oauth/token' });
    const stale = await storedToken();
    const failures = await Promise.all(
      Array.from({ length: 10 }, () => failureOf(here.tokens.renew(portalId, stale))),
    );
    expect(new Set(failures.map(({ verdict }) => verdict))).toEqual(new Set(['retry']));
    expect(refreshes()).toBe(1);
  });
});

describe('a portal that turns red', () => {
  it('because its refresh token is dead, which also happens when an answer was lost', async () => {
    expire();
    cloud.oauth.inject({ kind: 'execute-then-drop', method: 'oauth/token' });
    const stale = await storedToken();
    expect(await failureOf(here.tokens.renew(portalId, stale))).toMatchObject({ verdict: 'retry' });
    expect(await failureOf(here.tokens.renew(portalId, stale))).toMatchObject({ kind: 'refresh-token-dead' });
    expect(await trouble()).toMatchObject({
      kind: 'refresh-token-dead',
      reason: expect.stringContaining('invalid_grant') as unknown,
      cure: expect.stringContaining('Reinstall') as unknown,
    });
    const before = refreshes();
    expect(await failureOf(there.tokens.renew(portalId, stale))).toMatchObject({ verdict: 'ask-a-person' });
    expect(refreshes()).toBe(before);
  });

  it('because the application was removed from it without a word', async () => {
    portal.apps.uninstall(app);
    expect(
      await failureOf(here.sessions.with(portalId, (address) => here.requests.call(address, 'profile', {}))),
    ).toMatchObject({ verdict: 'ask-a-person' });
    expect(await trouble()).toMatchObject({ kind: 'client-rejected' });
  });

  it('because it is not paid for, and works again by itself once it is', async () => {
    expire();
    portal.apps.get(app).isPaid = false;
    const stale = await storedToken();
    expect(await failureOf(here.tokens.renew(portalId, stale))).toMatchObject({
      kind: 'no-rest-on-this-plan',
    });
    expect(await trouble()).toMatchObject({ kind: 'no-rest-on-this-plan' });
    await here.askRed.run();
    expect(await trouble()).toMatchObject({ kind: 'no-rest-on-this-plan' });
    portal.apps.get(app).isPaid = true;
    await here.askRed.run();
    expect(await trouble()).toBeUndefined();
  });

  it.each([
    ['it has no plan with REST', 'no-rest-on-this-plan', () => (portal.conditions.hasRest = false)],
    ['it was deleted', 'portal-deleted', () => (portal.conditions.isDeleted = true)],
    ['it was blocked for overload', 'blocked-by-vendor', () => (portal.conditions.isOverloaded = true)],
  ])('because %s', async (_what, kind, happen) => {
    happen();
    await failureOf(here.sessions.with(portalId, (address) => here.requests.call(address, 'profile', {})));
    expect(await trouble()).toMatchObject({ kind });
    Object.assign(portal.conditions, { hasRest: true, isDeleted: false, isOverloaded: false });
    await there.askRed.run();
    expect(await trouble()).toBeUndefined();
  });

  it('is told so once, however many calls meet it', async () => {
    const told: string[] = [];
    const log = {
      error: (_facts: object, message: string) => void told.push(message),
      info: () => undefined,
    };
    const troubles = new PortalTroubles(here.portals, guard, log);
    const denied = {
      kind: 'access-denied',
      verdict: 'ask-a-person',
      code: 'ACCESS_DENIED',
      description: '',
    } as const;
    const error = new PortalError({ method: REGISTER, ...denied });
    for (let n = 0; n < 5; n += 1) await troubles.report(portalId, error);
    expect(told).toHaveLength(1);
  });
});

describe('a portal that was renamed', () => {
  it('is followed, and found at its new address from then on', async () => {
    portal.rename('https://acme-new.example');
    const ask = () => here.sessions.with(portalId, (address) => here.requests.call(address, 'profile', {}));
    await ask();
    expect(await here.portals.byId(portalId)).toMatchObject({
      endpoint: 'https://acme-new.example/rest/',
      domain: 'acme-new.example',
    });
    expect((await ask()).movedTo).toBeUndefined();
    expect(cloud.strayRequests).toEqual([]);
  });

  it('is found at its new address by a refresh, too', async () => {
    expire();
    portal.rename('https://acme-new.example');
    await here.tokens.renew(portalId, await storedToken());
    expect(await here.portals.byId(portalId)).toMatchObject({ endpoint: 'https://acme-new.example/rest/' });
  });

  it('is not believed when it says that it is inside our network', async () => {
    await here.troubles.moved(portalId, 'https://10.0.0.1/rest/');
    expect(await here.portals.byId(portalId)).toMatchObject({ endpoint: 'https://acme.example/rest/' });
  });
});

describe('setting up a portal', () => {
  const setUp = (steps = [new ReadFacts(here.paced, here.portals)]) =>
    new SetUpPortal(new SetUpStore(dataSource), here.portals, steps);

  it('reads its licence, its limit and what the application may do', async () => {
    portal.conditions.license = { type: 'ent250', family: 'ent' };
    expect(await setUp().run(portalId)).toBe('done');
    expect(await here.portals.byId(portalId)).toMatchObject({
      scope: expect.arrayContaining(['telephony', 'user_basic']) as unknown,
      appStatus: 'L',
      license: 'en_ent250',
      rateCapacity: 250,
      setUpProblem: null,
    });
    expect(await setUp().run(portalId)).toBe('nothing-to-do');
  });

  it('is put off while a person has to act', async () => {
    portal.conditions.hasRest = false;
    expect(await setUp().run(portalId)).toBe('put-off');
    expect(await here.portals.byId(portalId)).toMatchObject({
      setUpProblem: expect.stringContaining('commercial plans') as unknown,
      troubleKind: 'no-rest-on-this-plan',
    });
    const due = new SetUpStore(dataSource);
    expect(await due.due(Date.now(), 10)).toEqual([]);
    expect(await due.due(Date.now() + 16 * 60_000, 10)).toEqual([portalId]);
  });

  it('says what is missing, and goes on', async () => {
    const ran: string[] = [];
    const step = (name: string, problem?: string) => ({
      name,
      run: () => {
        ran.push(name);
        return Promise.resolve(problem);
      },
    });
    const steps = [step('lines', 'one is another application’s'), step('users')];
    expect(await new SetUpPortal(new SetUpStore(dataSource), here.portals, steps).run(portalId)).toBe('done');
    expect(ran).toEqual(['lines', 'users']);
    expect(await here.portals.byId(portalId)).toMatchObject({
      setUpProblem: 'lines: one is another application’s',
    });
  });

  it('is tried again by the queue when the portal is only away', async () => {
    portal.inject({ kind: 'server-error', method: 'app.info' });
    expect(await failureOf(setUp().run(portalId))).toMatchObject({ verdict: 'retry' });
    expect(await setUp().run(portalId)).toBe('done');
  });
});
