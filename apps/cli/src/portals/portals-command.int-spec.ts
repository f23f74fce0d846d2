import { createDataSource, migrate, PortalStore, SecretBox } from '@app/store';
import { portalsSettings } from '@app/config';
import { createTestDatabase, type TestDatabase } from '@app/testkit';
import { portalsCommand } from './portals-command';

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const PORTAL = {
  memberId: 'acme',
  domain: 'acme.bitrix24.com',
  endpoint: 'https://acme.bitrix24.com/rest/',
  credentials: { accessToken: 'token' },
  settings: { defaultUserId: 1 },
};

describe('the command "portals"', () => {
  let database: TestDatabase;
  let env: Record<string, string>;

  beforeEach(async () => {
    database = await createTestDatabase();
    await migrate(database.url);
    env = {
      DATABASE_URL: database.url,
      SECRET_KEYS: `old:${keyOf(1)}`,
      PUBLIC_URL: 'https://connector.example.com',
    };
  });

  afterEach(() => database.drop());

  /** What it prints. */
  async function run(line: string, secret = 'client-secret'): Promise<string[]> {
    const printed: string[] = [];
    const console = {
      print: (text: string) => void printed.push(text),
      askSecret: () => Promise.resolve(secret),
    };
    await portalsCommand(line.split(' '), env, console);
    expect(printed.join('\n')).not.toContain('client-secret');
    return printed;
  }

  async function withPortals<T>(work: (portals: PortalStore) => Promise<T>): Promise<T> {
    const dataSource = await createDataSource(database.url, { poolSize: 2 }).initialize();
    try {
      return await work(new PortalStore(dataSource, new SecretBox(portalsSettings(env).secrets.keys)));
    } finally {
      await dataSource.destroy();
    }
  }

  const addressIn = (lines: readonly string[], field: string) =>
    lines.find((line) => line.trim().startsWith(field))?.split(': ')[1];

  it('adds an application and shows its addresses, in the words of the form', async () => {
    const local = await run('add --client-id local.1');
    expect(addressIn(local, 'Your handler path')).toMatch(
      /^https:\/\/connector\.example\.com\/bitrix24\/[\w-]{43}\/app$/,
    );
    expect(addressIn(local, 'Initial installation path')).toMatch(/\/install$/);
    const market = await run('add --client-id app.1 --market');
    expect(addressIn(market, 'Application installer URL')).toMatch(/\/install$/);
    expect((await run('list')).join('\n')).toMatch(/local {3}local\.1[^]*not installed[^]*market {2}app\.1/);
  });

  it('says what is missing', async () => {
    env = { ...env, PUBLIC_URL: '' };
    expect((await run('add --client-id local.1')).at(-1)).toContain('PUBLIC_URL is not set');
    await expect(run('add --client-id local.2', '')).rejects.toThrow('client_secret');
  });

  it('shows which portals do not work, and what to do', async () => {
    const added = await run('add --client-id local.1');
    const appId = /as (\S+)\./.exec(added[0] ?? '')?.[1];
    const trouble = { kind: 'client-rejected', reason: 'The key is wrong.', cure: 'Give another.' };
    await withPortals(async (portals) => {
      const { portalId } = await portals.install({ ...PORTAL, appId });
      await portals.markRed(portalId, trouble);
    });
    expect((await run('list')).join('\n')).toMatch(
      /acme\.bitrix24\.com[^]*RED since[^]*client-rejected[^]*The key is wrong\.[^]*Give another\./,
    );
    await run('re-key local.1');
    expect((await run('list')).join('\n')).toContain('acme.bitrix24.com  (acme)  works');
    expect((await run('remove local.1')).join()).toContain('still installed');
  });

  it('gives other addresses, and removes what nobody has', async () => {
    const before = addressIn(await run('add --client-id local.1'), 'Initial installation path');
    const after = addressIn(await run('new-addresses local.1'), 'Initial installation path');
    expect(after).toMatch(/\/install$/);
    expect(after).not.toBe(before);
    expect(await run('remove local.1')).toEqual(['local.1 is removed.']);
    expect(await run('list')).toEqual(['There is no application yet: see "portals add".']);
  });

  it('changes the key that everything is encrypted with', async () => {
    await run('add --client-id local.1');
    env = { ...env, SECRET_KEYS: `new:${keyOf(2)},old:${keyOf(1)}` };
    expect(await run('reseal')).toEqual([
      'Encrypted anew: 2. With the first key already: 0.',
      'Only the first of SECRET_KEYS is needed from now on.',
    ]);
    env = { ...env, SECRET_KEYS: `new:${keyOf(2)}` };
    expect((await run('reseal'))[0]).toContain('already: 2');
    env = { ...env, SECRET_KEYS: `other:${keyOf(3)}` };
    expect((await run('reseal')).join('\n')).toMatch(/NOT encrypted anew[^]*"new"[^]*Keep all/);
  });

  it.each(['', 'add', 'add local.1', 'remove', 'remove a b', 'list --all', 'addd --client-id x'])(
    'is not understood: %j',
    async (line) => {
      await expect(run(line)).rejects.toMatchObject({ name: 'UsageError' });
    },
  );

  it('knows no application of another name', async () => {
    await expect(run('re-key local.9')).rejects.toThrow('There is no application local.9');
  });
});
