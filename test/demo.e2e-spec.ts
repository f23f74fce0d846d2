import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { Summary } from '../apps/harness/src/demo/summary';
import { builtApp } from '../apps/harness/src/processes/built-app';
import { until } from '../apps/harness/src/processes/until';

/** Four times as fast as life: the day takes ten seconds, and a ring still lasts long enough for its card. */
const SPEED = '4';
const DEMO_MS = 100_000;

function startDemo(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [builtApp('harness/src/main.js'), 'demo', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function endOf(demo: ChildProcess): Promise<{ code: number | null; out: string; errors: string }> {
  const [out, errors] = await Promise.all([
    text(demo.stdout!),
    text(demo.stderr!),
    demo.exitCode ?? once(demo, 'exit'),
  ]);
  return { code: demo.exitCode, out, errors };
}

describe('phones', () => {
  it(
    'call each other through the embedded switch, and everything is filed',
    async () => {
      const { code, out, errors } = await endOf(startDemo(['--target', 'embedded', '--json']));
      expect(errors).toBe('');
      expect(JSON.parse(out)).toMatchObject({ ok: true, problems: [] });
      expect(code).toBe(0);
    },
    DEMO_MS,
  );
});

describe("the demo company's day", () => {
  it(
    'is filed rightly, call by call, by the real processes',
    async () => {
      const { code, out, errors } = await endOf(startDemo(['--recorded', '--json', '--speed', SPEED]));
      expect(errors).toBe('');
      const summary = JSON.parse(out) as Summary;
      expect(summary.calls.filter(({ ok }) => !ok)).toEqual([]);
      expect(summary.portal.violations).toEqual([]);
      expect(summary.calls.length).toBeGreaterThan(30);
      expect(summary.calls.filter(({ filed }) => filed).length).toBe(summary.calls.length - 1);
      expect(summary).toMatchObject({ ok: true });
      expect(code).toBe(0);
    },
    DEMO_MS,
  );

  it(
    'can be ended at any time: everything is stopped, and no database stays behind',
    async () => {
      const demo = startDemo(['--recorded', '--once']);
      const ended = endOf(demo);
      let seen = '';
      demo.stdout!.on('data', (chunk: Buffer) => (seen += chunk.toString()));
      await until('a card is shown', () => seen.includes('card on'), { withinMs: 60_000 });
      demo.kill('SIGTERM');
      // Dropping the database fails, and with it the demo, while a service is still connected to it.
      expect(await ended).toMatchObject({ code: 143, errors: '' });
    },
    DEMO_MS,
  );

  it('says what is missing instead of a stack', async () => {
    const { code, errors } = await endOf(startDemo(['--recorded', '--speed', 'light']));
    expect([code, errors]).toEqual([2, '--speed takes a number from 0.5 to 20.\n']);
  });
});

it(
  'a service that ends by itself fails the demo, which tells its last words and keeps the logs',
  async () => {
    const { code, out, errors } = await endOf(
      startDemo(['--recorded', '--json'], { WORKER_CONCURRENCY: 'none' }),
    );
    const [, directory = ''] = /^Logs and recordings of this run: (.*)$/m.exec(errors) ?? [];
    expect(errors).toMatch(/the worker ended unexpectedly \(exit code 78\)[^]*WORKER_CONCURRENCY: must be/);
    expect([code, out]).toEqual([1, '']);
    expect(readdirSync(directory)).toEqual(expect.arrayContaining(['gateway.log', 'worker.log']));
    rmSync(directory, { recursive: true });
  },
  DEMO_MS,
);

describe('a program that the harness starts', () => {
  it('ends when the harness is killed', async () => {
    const preload = builtApp('harness/src/processes/die-with-parent.js');
    const code = `
      const args = ['--require', ${JSON.stringify(preload)}, '-e', 'setInterval(() => {}, 1000)'];
      const child = require('node:child_process').spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true });
      child.on('spawn', () => console.log(child.pid));`;
    const parent = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until('the child is gone', () => !isAlive(pid), { withinMs: 5_000 });
  });

  function isAlive(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }
});
