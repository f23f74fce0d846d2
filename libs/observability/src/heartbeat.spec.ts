import { HealthReport } from './health';
import { Heartbeat, type SignsOfLife } from './heartbeat';

/** Signs of life as a test sees them, and a promise of the next one. */
function signs(isAway = false) {
  const beats: Parameters<SignsOfLife['beat']>[0][] = [];
  const left: string[] = [];
  let heard: () => void = () => undefined;
  return {
    beats,
    left,
    enough: new Promise<void>((resolve) => (heard = resolve)),
    beat: (beat: Parameters<SignsOfLife['beat']>[0]) => {
      beats.push(beat);
      if (beats.length === 3) heard();
      return isAway ? Promise.reject(new Error('away')) : Promise.resolve();
    },
    leave: (processId: string) => Promise.resolve(void left.push(processId)),
  };
}

describe('a process', () => {
  it('says again and again that it lives and how it does, until it ends', async () => {
    const health = new HealthReport(['database']);
    const seen = signs();
    const heartbeat = new Heartbeat('worker', health, seen, 1);
    heartbeat.onApplicationBootstrap();
    health.up('database');
    await seen.enough;
    await heartbeat.beforeApplicationShutdown();
    const [first, , third] = seen.beats;
    expect(first).toMatchObject({ app: 'worker', pid: process.pid, health: { ready: false } });
    expect(third).toMatchObject({ processId: first?.processId, health: { ready: true } });
    expect(seen.left).toEqual([first?.processId]);
  });

  it('tells at once how it does when that has changed', async () => {
    const health = new HealthReport(['a', 'b']);
    const seen = signs();
    const heartbeat = new Heartbeat('worker', health, seen, 60 * 60_000, 1);
    heartbeat.onApplicationBootstrap();
    health.up('a');
    while (seen.beats.length < 2) await new Promise(setImmediate);
    health.up('b');
    await seen.enough;
    await heartbeat.beforeApplicationShutdown();
    expect(seen.beats.map(({ health: told }) => told)).toMatchObject([
      { ready: false },
      { ready: false },
      { ready: true },
    ]);
  });

  it('goes on though nobody hears it', async () => {
    const seen = signs(true);
    const heartbeat = new Heartbeat('gateway', new HealthReport([]), seen, 1);
    heartbeat.onApplicationBootstrap();
    await seen.enough;
    await expect(heartbeat.beforeApplicationShutdown()).resolves.toBeUndefined();
  });
});
