import { createLogger } from '@app/observability';
import { RunRegularly } from './run-regularly';

const log = createLogger({ app: 'worker', level: 'silent' });

describe('regular tasks', () => {
  it('run from the start on, each by itself, also after a failure, until the end', async () => {
    const runs: string[] = [];
    const task = (name: string, everyMs: number, fail = false) => ({
      name,
      everyMs,
      run: () => {
        runs.push(name);
        return fail ? Promise.reject(new Error('away')) : Promise.resolve();
      },
    });
    const regularly = new RunRegularly([task('quick', 1), task('failing', 1, true)], log, 1_000);
    regularly.onApplicationBootstrap();
    const count = (name: string) => runs.filter((run) => run === name).length;
    while (count('quick') < 3 || count('failing') < 3) await new Promise((resolve) => setImmediate(resolve));
    await regularly.beforeApplicationShutdown();
    const before = runs.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(runs).toHaveLength(before);
  });

  it('finish what they have begun, and are told to begin nothing more', async () => {
    let stopped: boolean | undefined;
    const long = (stop: AbortSignal) =>
      new Promise<void>((resolve) => {
        stop.addEventListener('abort', () => {
          stopped = true;
          resolve();
        });
      });
    const regularly = new RunRegularly([{ name: 'long', everyMs: 1, run: long }], log, 1_000);
    regularly.onApplicationBootstrap();
    await regularly.beforeApplicationShutdown();
    expect(stopped).toBe(true);
  });

  it('are left alone when they do not end in time', async () => {
    const forever = () => new Promise<void>(() => undefined);
    const regularly = new RunRegularly([{ name: 'forever', everyMs: 1, run: forever }], log, 1);
    regularly.onApplicationBootstrap();
    await expect(regularly.beforeApplicationShutdown()).resolves.toBeUndefined();
  });
});
