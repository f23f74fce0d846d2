import { inspect } from 'node:util';
import { createTestDatabase } from '@app/testkit';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../data-source';
import { deferred } from '../testing/deferred';
import { refusalOf } from '../testing/refusal-of';
import { ACME, openTestStore, TEST_SECRETS, type TestStore } from '../testing/test-store';
import { PortalAppStore } from './portal-app.store';
import { PortalStore } from './portal.store';
import type { Renewal, RenewalBasis } from './renew-tokens';

const DEAD = { kind: 'refresh-token-dead', reason: 'it is dead', cure: 'reinstall' };

/** An OAuth server as it is: every refresh token works once. */
class OAuthScript {
  readonly asked: string[] = [];
  private good: string;

  constructor(first: string) {
    this.good = first;
  }

  readonly refresh = async (basis: RenewalBasis): Promise<Renewal> => {
    const given = basis.credentials?.refreshToken ?? 'none';
    this.asked.push(given);
    if (given !== this.good) return { kind: 'refused', trouble: DEAD };
    const serial = this.asked.length + 1;
    this.good = `refresh-${serial}`;
    await Promise.resolve();
    return {
      kind: 'renewed',
      credentials: { accessToken: `access-${serial}`, refreshToken: this.good },
    };
  };
}

let store: TestStore;
let otherProcess: DataSource;
let portals: PortalStore;
let others: PortalStore;
let acme: string;
let oauth: OAuthScript;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
  otherProcess = await createDataSource(store.url, { poolSize: 3, applicationName: 'other' }).initialize();
});

beforeEach(async () => {
  await store.clear();
  portals = new PortalStore(store.dataSource, TEST_SECRETS);
  others = new PortalStore(otherProcess, TEST_SECRETS, { renewalWaitMs: 5_000 });
  const { appId } = await new PortalAppStore(store.dataSource, TEST_SECRETS).add({
    kind: 'local',
    clientId: 'local.1',
    clientSecret: 'client-secret',
  });
  const credentials = { accessToken: 'access-1', refreshToken: 'refresh-1' };
  ({ portalId: acme } = await portals.install({ ...ACME, appId, credentials }));
  oauth = new OAuthScript('refresh-1');
});

afterAll(async () => {
  await otherProcess.destroy();
  await store.close();
});

/** Ends the sessions of a data source that hold or held a lock, as the death of its process would. */
async function killLocks(applicationName: string): Promise<void> {
  await store.sql.rows(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = $1
       AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')`,
    [applicationName],
  );
}

describe('an expired access token', () => {
  it('is renewed with everything the OAuth server needs, and the new pair is stored before it is used', async () => {
    const seen: RenewalBasis[] = [];
    const token = await portals.renewTokens(acme, 'access-1', (basis) => {
      seen.push(basis);
      return oauth.refresh(basis);
    });
    expect(token).toBe('access-2');
    expect(seen).toMatchObject([
      {
        memberId: ACME.memberId,
        credentials: { accessToken: 'access-1', refreshToken: 'refresh-1' },
        app: { clientId: 'local.1', clientSecret: 'client-secret' },
        trouble: undefined,
        renewedMsAgo: undefined,
      },
    ]);
    expect(await others.credentialsOf(acme)).toEqual({ accessToken: 'access-2', refreshToken: 'refresh-2' });
  });

  it('is renewed once when two processes, and many calls in each, meet it at the same time', async () => {
    const callers = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? portals : others));
    const tokens = await Promise.all(
      callers.map((process) => process.renewTokens(acme, 'access-1', oauth.refresh)),
    );
    expect(new Set(tokens)).toEqual(new Set(['access-2']));
    expect(oauth.asked).toEqual(['refresh-1']);
  });

  it('was renewed already: who comes late gets what is stored', async () => {
    await portals.renewTokens(acme, 'access-1', oauth.refresh);
    expect(await others.renewTokens(acme, 'access-1', oauth.refresh)).toBe('access-2');
    const again = others.renewTokens(acme, 'access-2', (basis) => {
      expect(basis.renewedMsAgo).toBeGreaterThanOrEqual(0);
      return oauth.refresh(basis);
    });
    expect(await again).toBe('access-3');
    expect(oauth.asked).toEqual(['refresh-1', 'refresh-2']);
  });

  it('brings what else the answer tells: address, rights, status; and ends a trouble', async () => {
    await portals.markRed(acme, DEAD);
    await portals.renewTokens(acme, 'access-1', async (basis) => ({
      ...(await oauth.refresh(basis)),
      place: { endpoint: 'https://acme-new.bitrix24.com/rest/', domain: 'Acme-New.bitrix24.com' },
      scope: ['telephony', 'crm'],
      appStatus: 'P',
    }));
    expect(await portals.byId(acme)).toMatchObject({
      endpoint: 'https://acme-new.bitrix24.com/rest/',
      domain: 'acme-new.bitrix24.com',
      scope: ['telephony', 'crm'],
      appStatus: 'P',
      troubleKind: null,
    });
  });
});

describe('a renewal that is refused', () => {
  it('turns the portal red and keeps what is stored', async () => {
    const wrong = new OAuthScript('another');
    expect(await portals.renewTokens(acme, 'access-1', wrong.refresh)).toBeUndefined();
    expect((await portals.open(acme)).trouble).toEqual(DEAD);
    expect(await portals.credentialsOf(acme)).toEqual({ accessToken: 'access-1', refreshToken: 'refresh-1' });
    const [before] = await portals.all();
    await portals.renewTokens(acme, 'access-1', wrong.refresh);
    expect((await portals.all())[0]?.troubleSince).toEqual(before?.troubleSince);
  });

  it('says nothing against an installation that came meanwhile', async () => {
    const token = await portals.renewTokens(acme, 'access-1', async () => {
      await others.install({ ...ACME, credentials: { accessToken: 'installed', refreshToken: 'r' } });
      return { kind: 'refused', trouble: DEAD };
    });
    expect(token).toBe('installed');
    expect((await portals.open(acme)).trouble).toBeUndefined();
  });

  it('that is thrown changes nothing', async () => {
    const away = new Error('the OAuth server is away');
    await expect(portals.renewTokens(acme, 'access-1', () => Promise.reject(away))).rejects.toBe(away);
    expect((await portals.open(acme)).trouble).toBeUndefined();
    expect(await portals.renewTokens(acme, 'access-1', oauth.refresh)).toBe('access-2');
  });
});

describe('a portal that is not as it should be', () => {
  it('leaves it to the caller to say what an uninstalled one needs', async () => {
    await portals.uninstall(acme, { ...DEAD, kind: 'uninstalled' }, false);
    const seen: RenewalBasis[] = [];
    await portals.renewTokens(acme, 'access-1', (basis) => {
      seen.push(basis);
      return Promise.resolve({ kind: 'refused', trouble: { ...DEAD, kind: 'uninstalled' } });
    });
    expect(seen).toMatchObject([{ credentials: undefined, trouble: { kind: 'uninstalled' } }]);
  });

  it('is unknown', async () => {
    const unknown = portals.renewTokens('00000000-0000-0000-0000-000000000000', 'x', oauth.refresh);
    expect(await refusalOf(unknown)).toMatchObject({ kind: 'bad-row', table: 'portal' });
  });
});

describe('an OAuth server that hangs', () => {
  it('keeps one connection, however many portals wait for it', async () => {
    const portalIds = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        const { portalId } = await portals.install({ ...ACME, memberId: `portal-${n}` });
        return portalId;
      }),
    );
    const answer = deferred<Renewal>();
    const began = portalIds.map(() => deferred<undefined>());
    const renewals = portalIds.map((portalId, n) =>
      others.renewTokens(portalId, ACME.credentials.accessToken, () => {
        began[n]?.resolve(undefined);
        return answer.promise;
      }),
    );
    await Promise.all(began.map(({ promise }) => promise));
    expect(await others.all()).toHaveLength(13);
    const [{ sessions } = { sessions: 0 }] = (await store.sql.rows(
      `SELECT count(DISTINCT pid)::int AS sessions FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE locktype = 'advisory' AND application_name = 'other'`,
    )) as { sessions: number }[];
    expect(sessions).toBe(1);
    answer.resolve({ kind: 'refused', trouble: DEAD });
    expect(await Promise.all(renewals)).toEqual(portalIds.map(() => undefined));
  });

  it('makes others wait for a while, and then tell so', async () => {
    const impatient = new PortalStore(otherProcess, TEST_SECRETS, { renewalWaitMs: 0 });
    const answer = deferred<Renewal>();
    const began = deferred<undefined>();
    const first = portals.renewTokens(acme, 'access-1', () => {
      began.resolve(undefined);
      return answer.promise;
    });
    await began.promise;
    const late = impatient.renewTokens(acme, 'access-1', oauth.refresh);
    expect(await refusalOf(late)).toMatchObject({ kind: 'unavailable', verdict: 'retry' });
    answer.resolve({ kind: 'renewed', credentials: { accessToken: 'at last' } });
    expect(await first).toBe('at last');
    expect(await impatient.renewTokens(acme, 'access-1', oauth.refresh)).toBe('at last');
  });
});

describe('a process that dies between the answer and the commit', () => {
  it('has lost the pair: the next one is refused, and the portal turns red with what to do', async () => {
    const answered = deferred<undefined>();
    const dead = others.renewTokens(acme, 'access-1', async (basis) => {
      await oauth.refresh(basis);
      answered.resolve(undefined);
      return new Promise<Renewal>(() => undefined);
    });
    void dead;
    await answered.promise;
    await killLocks('other');
    expect(await portals.renewTokens(acme, 'access-1', oauth.refresh)).toBeUndefined();
    expect(oauth.asked).toEqual(['refresh-1', 'refresh-1']);
    expect((await portals.open(acme)).trouble).toEqual(DEAD);
  });
});

describe('a process that only loses its connection', () => {
  it('still stores the pair that the OAuth server has given it', async () => {
    const fresh = new PortalStore(otherProcess, TEST_SECRETS);
    const token = await fresh.renewTokens(acme, 'access-1', async (basis) => {
      const renewal = await oauth.refresh(basis);
      await killLocks('other');
      return renewal;
    });
    expect(token).toBe('access-2');
    expect(await portals.credentialsOf(acme)).toEqual({ accessToken: 'access-2', refreshToken: 'refresh-2' });
  });
});

it('tells no token in an error', async () => {
  const other = new PortalStore(store.dataSource, TEST_SECRETS);
  await store.sql.rows(`UPDATE portal SET credentials = 'v1.lost.${'A'.repeat(60)}'`);
  const refusal = await refusalOf(other.renewTokens(acme, 'access-1', oauth.refresh));
  expect(refusal).toMatchObject({ kind: 'sealed' });
  expect(inspect(refusal, { depth: 9 })).not.toMatch(/access-1|refresh-1|client-secret/);
});
