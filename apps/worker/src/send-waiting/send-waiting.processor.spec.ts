import type { Job } from 'bullmq';
import { PortalError } from '@app/bitrix24';
import { createLogger } from '@app/observability';
import type { SendWaitingJob } from '@app/queues';
import { MemoryStore, noLimits, type SendWaitingDeps, type WaitingTurns } from '@app/sync';
import { SendWaitingProcessor } from './send-waiting.processor';

type Taken = Awaited<ReturnType<WaitingTurns['take']>>;

const AWAY = new PortalError({
  ...{ method: 'batch', kind: 'not-connected', verdict: 'retry' },
  ...{ code: 'ECONNREFUSED', description: 'the portal is away' },
});

/** A processor of one portal, which is told what to take. */
function bench(takings: (Taken | Error)[]) {
  const limits = noLimits();
  const asked: number[] = [];
  const fail = () => Promise.reject(new Error('nothing is sent here'));
  const turns: WaitingTurns = {
    ...limits.turns,
    take: (_portalId, _egress, { most }) => {
      asked.push(most);
      const taking = takings.shift() ?? { kind: 'nobody' };
      return taking instanceof Error ? Promise.reject(taking) : Promise.resolve(taking);
    },
    drop: () => Promise.resolve(),
    park: () => Promise.resolve(0),
  };
  const deps: SendWaitingDeps = {
    ...{ store: new MemoryStore(), rate: limits.rate, turns },
    gate: { ...limits.gate, enterAny: () => ({ leave: () => undefined, least: 'directory' }) },
    fence: { hold: fail, holdAll: (callIds, work) => work(callIds) },
    tokens: { renew: fail },
    troubles: { report: fail, moved: fail },
    recordings: { open: fail },
    openPortal: () => ({ call: fail, batch: fail, uploadRecord: fail }),
    timeouts: { cardMs: 1, requestMs: 1, uploadMs: 1 },
    egress: 'test',
    now: Date.now,
  };
  const delays: number[] = [];
  const job = {
    data: { portalId: 'portal-1' },
    moveToDelayed: (until: number) => Promise.resolve(delays.push(until - Date.now())),
  } as unknown as Job<SendWaitingJob>;
  const processor = new SendWaitingProcessor(deps, createLogger({ app: 'test', level: 'fatal' }));
  const run = (signal = new AbortController().signal) => processor.process(job, 'token', signal);
  return { run, delays, asked };
}

describe('the bell of a portal', () => {
  it('is worked off when nobody waits any more', async () => {
    const { run, delays } = bench([{ kind: 'nobody' }]);
    await run();
    expect(delays).toEqual([]);
  });

  it('is put aside until the next turn, and not for longer than an unheard ring may wait', async () => {
    const { run, delays } = bench([
      { kind: 'no-room', until: Date.now() + 300 },
      { kind: 'no-room', until: Date.now() + 60_000 },
    ]);
    await expect(run()).rejects.toThrow('movedToDelayed');
    await expect(run()).rejects.toThrow('movedToDelayed');
    expect(delays[0]).toBeLessThanOrEqual(301);
    expect(delays[1]).toBeGreaterThan(500);
    expect(delays[1]).toBeLessThanOrEqual(1_001);
  });

  it('goes to another worker when this one is stopped', async () => {
    const stop = new AbortController();
    stop.abort();
    const { run, delays } = bench([]);
    await expect(run(stop.signal)).rejects.toThrow('movedToDelayed');
    expect(delays).toHaveLength(1);
  });

  it('is tried again by the queue when a run failed; the next run begins with a single step', async () => {
    const { run, asked } = bench([AWAY]);
    await expect(run()).rejects.toBe(AWAY);
    await run();
    await run();
    expect(asked).toEqual([50, 1, 50]);
  });
});
