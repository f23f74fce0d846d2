import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cliSettings } from '@app/config';
import { openQueueBackend, ringSetUpPortal, setUpPortalQueue } from '@app/queues';
import { createDataSource, DirectoryStore, migrate, PortalStore, SecretBox, SetUpStore } from '@app/store';
import { createTestDatabase, createTestQueue, type TestDatabase, type TestQueue } from '@app/testkit';
import { runCli } from '../cli';
import { MemoryTerminal } from '../testing/memory-terminal';

/** Databases of others share the machine. */
jest.setTimeout(60_000);

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const PORTAL = {
  memberId: 'acme',
  domain: 'acme.bitrix24.com',
  endpoint: 'https://acme.bitrix24.com/rest/',
  credentials: { accessToken: 'token-of-acme' },
  settings: { defaultUserId: 1 },
};
const SECRET = 'client-secret-of-ours';

describe('the command "portals"', () => {
  let database: TestDatabase;
  let queue: TestQueue;
  let env: Record<string, string>;

  beforeEach(async () => {
    [database, queue] = await Promise.all([createTestDatabase(), createTestQueue()]);
    await migrate(database.url);
    env = {
      DATABASE_URL: database.url,
      QUEUE_URL: queue.url,
      SECRET_KEYS: `old:${keyOf(1)}`,
      PUBLIC_URL: 'https://connector.example.com',
    };
  });

  afterEach(() => Promise.all([queue.drop(), database.drop()]));

  /** Runs one command line; no secret is ever seen. */
  async function run(line: string, { answers, input = SECRET }: { answers?: string[]; input?: string } = {}) {
    const terminal = new MemoryTerminal(answers, input);
    const code = await runCli(['portals', ...line.split(' ')], env, terminal);
    expect(terminal.all).not.toMatch(/client-secret-of-ours|token-of-acme/);
    return { code, all: terminal.all, written: terminal.written.join('\n') };
  }

  async function withStores<T>(
    work: (stores: { portals: PortalStore; setUps: SetUpStore; directory: DirectoryStore }) => Promise<T>,
  ): Promise<T> {
    const dataSource = await createDataSource(database.url, { poolSize: 2 }).initialize();
    const secrets = new SecretBox(cliSettings(env).secrets.keys);
    try {
      return await work({
        portals: new PortalStore(dataSource, secrets),
        setUps: new SetUpStore(dataSource),
        directory: new DirectoryStore(dataSource),
      });
    } finally {
      await dataSource.destroy();
    }
  }

  /** Installs the portal of an application that was added. */
  async function install(clientId: string): Promise<string> {
    const dataSource = await createDataSource(database.url, { poolSize: 1 }).initialize();
    const [row]: { app_id: string }[] = await dataSource.query(
      'SELECT app_id FROM portal_app WHERE client_id = $1',
      [clientId],
    );
    await dataSource.destroy();
    return withStores(
      async ({ portals }) => (await portals.install({ ...PORTAL, appId: row?.app_id })).portalId,
    );
  }

  /** Does what is wished, as a worker would, until the work is over. */
  async function withWorker<T>(portalId: string, problem: string | undefined, work: () => Promise<T>) {
    return withStores(async ({ setUps, portals }) => {
      let isOver = false;
      const serve = async () => {
        while (!isOver) {
          const portal = await portals.byId(portalId);
          if (portal && portal.setUpDone < portal.setUpWanted)
            await setUps.mark(portalId, { done: portal.setUpWanted, problem });
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      };
      const [outcome] = await Promise.all([work().finally(() => (isOver = true)), serve()]);
      return outcome;
    });
  }

  describe('settings', () => {
    let portalId: string;
    beforeEach(async () => {
      await run('add --client-id local.1');
      portalId = await install('local.1');
    });
    const settings = () => withStores(({ portals }) => portals.settingsOf(portalId));

    it('are shown, changed by their names, and as usual again', async () => {
      expect(JSON.parse((await run('settings acme')).written)).toMatchObject({ cards: { users: {} } });
      const line =
        'settings acme --set cards.everybody=answered --set cards.users.12=never --set calls.transfers=call-per-talk ' +
        '--set calls.missed.notify=true --set calls.ignore.numbers=["hidden"]';
      expect((await run(line)).code).toBe(0);
      expect(await settings()).toMatchObject({
        cards: { everybody: 'answered', users: { 12: 'never' } },
        calls: { transfers: 'call-per-talk', missed: { notify: true }, ignore: { numbers: ['hidden'] } },
      });
      await run('settings acme --unset cards.everybody --unset calls.transfers');
      expect(await settings()).toMatchObject({
        cards: { users: { 12: 'never' } },
        calls: { transfers: 'one-call', missed: { notify: true } },
      });
    });

    it.each([
      ['cards.users.anna=never', /cards\.users\.anna/],
      ['calls.transfers=two', /calls\.transfers/],
      ['__proto__.polluted=1', /no name of a setting/],
      ['defaultUserId.constructor=1', /no name of a setting/],
      ['colour', /NAME=VALUE/],
    ])('%s is refused, with what is wrong, and nothing changes', async (change, said) => {
      const before = await settings();
      expect(await run(`settings acme --set ${change}`)).toMatchObject({
        code: 2,
        all: expect.stringMatching(said) as string,
      });
      expect(await settings()).toEqual(before);
    });
  });

  const addressIn = (text: string, field: string) => new RegExp(`${field} +(https://\\S+)`).exec(text)?.[1];

  describe('add', () => {
    it('shows the addresses of a local application, in the words of its form', async () => {
      const { code, written } = await run('add --client-id local.1');
      expect(code).toBe(0);
      expect(addressIn(written, 'Your handler path')).toMatch(
        /^https:\/\/connector\.example\.com\/bitrix24\/[\w-]{43}\/app$/,
      );
      expect(addressIn(written, 'Initial installation path')).toMatch(/\/install$/);
      expect((await run('list')).written).toMatch(/waiting[^]*not installed[^]*local[^]*local\.1/);
    });

    it.each(['add --client-id app.1', 'add --client-id something --market'])(
      'shows those of an application of the Market: %s',
      async (line) => {
        expect(addressIn((await run(line)).written, 'Application installer URL')).toMatch(/\/install$/);
      },
    );

    it('asks for what was not given, and shows the key nowhere', async () => {
      const { code, all } = await run('add', { answers: ['local.7', SECRET] });
      expect([code, all]).toEqual([0, expect.stringContaining('local.7')]);
    });

    it.each([
      ['add --client-id local.1', { input: '' }, 1, /client_secret.* is empty/],
      ['add --client-id local.1', { input: 'two words' }, 1, /one word/],
      ['add --client-id local.1 --secret-file /nowhere', {}, 2, /cannot be read/],
      ['add --client-id local.1 --client-secret x', {}, 2, /does not belong into a command line/],
      ['add --client-id app.1 --member-id acme', {}, 2, /for local applications/],
      ['add', {}, 2, /--client-id is missing/],
    ])('%s: refused, with what to do', async (line, given, code, said) => {
      const outcome = await run(line, given);
      expect(outcome).toMatchObject({ code, all: expect.stringMatching(said) as string });
    });

    it('does not add an application twice, nor without knowing our address', async () => {
      await run('add --client-id local.1');
      expect(await run('add --client-id local.1')).toMatchObject({
        code: 1,
        all: expect.stringContaining('portals re-key') as string,
      });
      env = { ...env, PUBLIC_URL: '' };
      expect(await run('add --client-id local.2')).toMatchObject({
        code: 1,
        all: expect.stringContaining('PUBLIC_URL is not set') as string,
      });
      expect((await run('list')).all).not.toContain('local.2');
    });
  });

  describe('with a portal that is installed', () => {
    let portalId: string;
    beforeEach(async () => {
      await run('add --client-id local.1');
      portalId = await install('local.1');
    });

    it('list shows which do not work, and what to do; re-key has them tried again', async () => {
      const trouble = { kind: 'client-rejected', reason: 'The key is wrong.', cure: 'Give another.' };
      await withStores(({ portals }) => portals.markRed(portalId, trouble));
      const { code, written } = await run('list');
      expect(code).toBe(1);
      expect(written).toMatch(/red[^]*acme\.bitrix24\.com[^]*The key is wrong\.[^]*Give another\./);
      expect((await run('re-key local.1')).all).toContain('acme.bitrix24.com is tried again');
      expect((await run('list --json')).written).not.toContain('"red"');
    });

    it('show tells everything that is no secret', async () => {
      const { code, written } = await run('show');
      expect(code).toBe(0);
      for (const fact of ['acme.bitrix24.com', portalId, 'local.1', '2 requests a second', 'not known yet'])
        expect(written).toContain(fact);
      const json = JSON.parse((await run('show acme --json')).written) as object;
      expect(json).toMatchObject({ portalId, lines: [], limit: { capacity: 50, drainPerSecond: 2 } });
      expect(await run('show globex')).toMatchObject({
        code: 1,
        all: expect.stringMatching(/no portal globex[^]*acme\.bitrix24\.com/) as string,
      });
    });

    it('routes says who rings for the callers of a line, and what is wrong with a file', async () => {
      await withStores(async ({ directory }) => {
        await directory.registerSwitch('main');
        const did = '+74950000001';
        await directory.saveLines(portalId, [{ switchId: 'main', did, lineNumber: 'sales' }]);
      });
      const folder = mkdtempSync(join(tmpdir(), 'connector-route-'));
      const file = join(folder, 'sales.yaml');
      writeFileSync(
        file,
        'strategy: sequential\nmembers: [1001, 1002]\nclosed: [no]\nseconds: { step: 0 }\n',
      );
      const refused = await run(`routes set acme --did 74950000001 --file ${file}`);
      expect(refused).toMatchObject({ code: 1 });
      expect(refused.all).toMatch(/seconds.step: .*\n.*closed: must be message, announcement/);
      writeFileSync(file, 'strategy: sequential\nmembers: [1001, 1002]\n');
      expect((await run(`routes check --file ${file}`)).all).toContain('can be used');
      const set = await run(`routes set acme --did 74950000001 --file ${file}`);
      expect(set.written).toBe('+74950000001  main  sequential: 1001, 1002');
      writeFileSync(file, 'strategy: responsible-then-queue\nclient: { by: register }\n');
      expect((await run(`routes set acme --did 74950000001 --file ${file}`)).all).toMatch(
        /not granted the permission crm/,
      );
      expect((await run('routes remove acme --did 74950000001')).all).toContain(
        'No line of this portal is routed',
      );
      rmSync(folder, { recursive: true });
    });

    it.each([
      ['routes set acme --did 7 --file /none.yaml', 1, /7 is no line of this portal/],
      ['routes set acme --file x', 2, /--did says which number/],
      ['routes check --file /none.yaml', 1, /cannot be read/],
      ['routes check', 2, /--file names the file/],
      ['routes set', 2, /portals routes set PORTAL/],
    ] as const)('refuses "%s"', async (line, code, words) => {
      const refused = await run(line);
      expect(refused.code).toBe(code);
      expect(refused.all).toMatch(words);
    });

    it('lines gives numbers to lines, and has the worker add them', async () => {
      await withStores(({ directory }) => directory.registerSwitch('main'));
      const set = 'lines set acme --did +74950000001 --line sales --name Sales';
      const { code, written } = await withWorker(portalId, undefined, () => run(set));
      expect([code, written]).toEqual([0, expect.stringMatching(/\+74950000001 +line sales +"Sales" +main/)]);
      expect((await run('lines --json')).written).toContain('"lineNumber": "sales"');
      const remove = 'lines remove acme --did +74950000001 --delete-in-portal';
      expect((await withWorker(portalId, undefined, () => run(remove))).code).toBe(0);
      expect((await run('lines')).all).toContain('No number of the company is known');
    });

    it.each([
      ['lines set acme', 2, /--did needs a number/],
      ['lines set acme --did 1 --switch other', 1, /There is no switch "other".*main/],
      ['lines remove acme --did 1', 1, /no line of this portal/],
      ['lines set', 2, /portals lines set PORTAL/],
      ['phones acme --on other', 1, /There is no switch "other"/],
    ])('%s: refused, with what to do', async (line, code, said) => {
      await withStores(({ directory }) => directory.registerSwitch('main'));
      expect(await run(line)).toMatchObject({ code, all: expect.stringMatching(said) as string });
    });

    it('phones says on which switch and in which domain the employees are', async () => {
      await withStores(({ directory }) => directory.registerSwitch('main'));
      expect((await run('phones')).written).toBe('main');
      const on = 'phones acme --on main:acme.example';
      expect((await withWorker(portalId, undefined, () => run(on))).written).toBe('main:acme.example');
      const back = 'phones acme --by-itself';
      expect((await withWorker(portalId, undefined, () => run(back))).written).toBe('main');
    });

    it('repair tells how the set-up went', async () => {
      expect(await withWorker(portalId, undefined, () => run('repair'))).toMatchObject({
        code: 0,
        all: expect.stringContaining('The portal is set up.') as string,
      });
      const problem = 'events: PUBLIC_URL is not set';
      expect(await withWorker(portalId, problem, () => run('repair acme'))).toMatchObject({
        code: 1,
        all: expect.stringMatching(/set up, but:[^]*PUBLIC_URL/) as string,
      });
      expect(await run('repair --wait 0')).toMatchObject({
        code: 1,
        all: expect.stringContaining('No worker is alive') as string,
      });
    });

    it('new-addresses replaces the old ones, and has the events bound to them', async () => {
      const { code, all, written } = await withWorker(portalId, undefined, () =>
        run('new-addresses local.1'),
      );
      expect(code).toBe(0);
      expect(addressIn(written, 'Initial installation path')).toMatch(/\/install$/);
      expect(all).toContain('acme.bitrix24.com: its events go to the new address.');
    });

    it('remove asks first, and forgets the portal before its application', async () => {
      expect((await run('remove acme')).code).toBe(2);
      expect(await run('remove acme', { answers: ['n'] })).toMatchObject({ code: 1 });
      expect(await run('remove local.1 --yes')).toMatchObject({
        code: 1,
        all: expect.stringContaining('remove the portal first') as string,
      });
      expect((await run('remove acme', { answers: ['y'] })).code).toBe(0);
      expect((await run('remove local.1 --yes')).code).toBe(0);
    });

    it('a ring for the set-up reaches the queue', async () => {
      await withWorker(portalId, undefined, () => run('repair'));
      const backend = await openQueueBackend(queue.url, { onError: () => undefined });
      const jobs = backend.queue(setUpPortalQueue);
      expect(await jobs.getJobCounts('waiting')).toEqual({ waiting: 1 });
      // The same portal once: further rings fall together.
      await ringSetUpPortal(jobs, portalId);
      expect(await jobs.getJobCounts('waiting')).toEqual({ waiting: 1 });
      await jobs.close();
      await backend.close();
    });
  });

  it('gives other addresses, and removes what nobody has installed', async () => {
    const before = addressIn((await run('add --client-id local.1')).written, 'Initial installation path');
    const after = addressIn((await run('new-addresses local.1')).written, 'Initial installation path');
    expect(after).toMatch(/\/install$/);
    expect(after).not.toBe(before);
    expect((await run('remove local.1 --yes')).all).toContain('local.1 is forgotten');
    expect((await run('list')).all).toContain('There is no application yet');
  });

  it('reseal changes the key that everything is encrypted with', async () => {
    await run('add --client-id local.1');
    env = { ...env, SECRET_KEYS: `new:${keyOf(2)},old:${keyOf(1)}` };
    expect((await run('reseal')).all).toMatch(/"new": 2\. Were so before: 0\.[^]*Only the first/);
    env = { ...env, SECRET_KEYS: `new:${keyOf(2)}` };
    expect((await run('reseal')).all).toContain('Were so before: 2');
    env = { ...env, SECRET_KEYS: `other:${keyOf(3)}` };
    expect(await run('reseal')).toMatchObject({
      code: 1,
      all: expect.stringMatching(/"new"[^]*keep all keys/) as string,
    });
  });

  it.each(['add local.1', 'remove', 'remove a b', 'list --all', 'addd --client-id x', 're-key', 'reseal x'])(
    'is not understood: %j',
    async (line) => {
      expect((await run(line)).code).toBe(2);
    },
  );

  it('knows no application of another name', async () => {
    expect(await run('re-key local.9')).toMatchObject({
      code: 1,
      all: expect.stringContaining('There is no application local.9') as string,
    });
  });
});
