import { createLogger, HealthReport } from '@app/observability';
import type { JobQueue, SendWaitingJob, SyncCallJob } from '@app/queues';
import { RingLateDoorbells } from './ring-late-doorbells';

function sweeper(
  due: () => Promise<string[]>,
  { queueIsAway = false, waiting = 0, portals = [] as string[] } = {},
) {
  const rung: string[] = [];
  const away = () => Promise.reject(new Error('Connection is closed.'));
  const queue = <Payload>(idOf: (payload: Payload) => string): JobQueue<Payload> => ({
    add: (_name, payload) => (queueIsAway ? away() : Promise.resolve(rung.push(idOf(payload)))),
    getJobCounts: () => (queueIsAway ? away() : Promise.resolve({ waiting })),
    close: () => Promise.resolve(),
  });
  const queues = {
    calls: queue<SyncCallJob>(({ callId }) => callId),
    portals: queue<SendWaitingJob>(({ portalId }) => portalId),
  };
  const health = new HealthReport(['database', 'queue']);
  const log = createLogger({ app: 'test', level: 'fatal' });
  const found = { callsDue: due, portals: () => Promise.resolve(portals) };
  return { rung, health, sweeper: new RingLateDoorbells(found, queues, health, log, 1) };
}

const states = ({ health }: ReturnType<typeof sweeper>) =>
  Object.fromEntries(health.snapshot().components.map(({ name, state }) => [name, state]));

describe('the sweep', () => {
  it('rings for every call that is due', async () => {
    const due = sweeper(() => Promise.resolve(['a', 'b']));
    await due.sweeper.sweep();
    expect(due.rung).toEqual(['a', 'b']);
    expect(states(due)).toEqual({ database: 'up', queue: 'up' });
  });

  it('rings for every portal that steps wait for', async () => {
    const due = sweeper(() => Promise.resolve(['a']), { portals: ['acme'] });
    await due.sweeper.sweep();
    expect(due.rung).toEqual(['a', 'acme']);
  });

  it('comes again soon while there is more than it could ring for, unless nobody keeps up with it', async () => {
    const full = () => Promise.resolve(Array.from({ length: 500 }, (_, n) => `call-${n}`));
    const more = (waiting: number, due = full) => sweeper(due, { waiting }).sweeper.sweep();
    expect(await more(0)).toBe(true);
    expect(await more(500)).toBe(false);
    expect(await more(0, () => Promise.resolve(['a']))).toBe(false);
  });

  it('says that the queue is away, also when nothing is due', async () => {
    const idle = sweeper(() => Promise.resolve([]), { queueIsAway: true });
    await idle.sweeper.sweep();
    expect(states(idle)).toEqual({ database: 'up', queue: 'down' });
  });

  it('says that the database is away, and that the queue is not', async () => {
    const blind = sweeper(() => Promise.reject(new Error('ECONNREFUSED')));
    await blind.sweeper.sweep();
    expect(states(blind)).toEqual({ database: 'down', queue: 'up' });
  });

  it('goes on and on, one at a time, until the app is stopped', async () => {
    let running = 0;
    let most = 0;
    let sweeps = 0;
    let done: () => void = () => undefined;
    const enough = new Promise<void>((resolve) => (done = resolve));
    const { sweeper: busy } = sweeper(async () => {
      most = Math.max(most, (running += 1));
      await new Promise(setImmediate);
      running -= 1;
      sweeps += 1;
      if (sweeps === 3) done();
      if (sweeps === 2) throw new Error('away for a moment');
      return [];
    });
    busy.onApplicationBootstrap();
    await enough;
    await busy.beforeApplicationShutdown();
    const afterStop = sweeps;
    await new Promise(setImmediate);
    expect([most, sweeps]).toEqual([1, afterStop]);
  });
});
