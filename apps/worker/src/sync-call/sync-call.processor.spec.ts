import type { Job } from 'bullmq';
import { PortalError, type PortalErrorFacts } from '@app/bitrix24';
import { createLogger } from '@app/observability';
import type { SyncCallJob } from '@app/queues';
import { MemoryStore, noLimits, type CallFence, type PortalSettings, type SyncDeps } from '@app/sync';
import { toldCall } from '../testing/told-call';
import { SyncCallProcessor, type Bells } from './sync-call.processor';

const PORTAL: PortalSettings = {
  portalId: 'portal-1',
  memberId: 'member-1',
  endpoint: 'https://company.example/rest/',
  accessToken: 'token',
  defaultUserId: 9,
  defaultRegion: 'RU',
  finishWhen: 'at-end',
  recordingUpload: 'two-step',
  anonymousNumber: '+10000000000',
  crm: { inbound: { create: true, source: 'CALL' }, outbound: { create: true, source: 'CALL' } },
  addToChat: { inbound: false, outbound: false },
  users: [],
  lines: [],
};

/** A portal that refuses for now, one way or another. */
const refusal = (facts: Partial<PortalErrorFacts>): PortalError =>
  new PortalError({
    method: 'telephony.externalCall.register',
    kind: 'not-connected',
    verdict: 'retry',
    code: 'ECONNREFUSED',
    description: 'the portal is away',
    ...facts,
  });
const overLimit = (until: number): PortalError =>
  refusal({ kind: 'operation-limit', verdict: 'wait-until', until });

const AWAY = refusal({});
const LIMIT = overLimit(Date.now() + 3600_000);

/** A processor of one call, whose portal refuses everything. */
function bench(refused: PortalError, { fenceIsFree = true } = {}) {
  const store = new MemoryStore();
  const { ended } = toldCall('call-1');
  store.put(ended, PORTAL);
  const refuse = () => Promise.reject(refused);
  const deps: SyncDeps = {
    store,
    ...noLimits(),
    tokens: { renew: refuse },
    troubles: { report: () => Promise.resolve(), moved: () => Promise.resolve() },
    recordings: { open: () => Promise.resolve({ kind: 'missing', detail: '' }) },
    openPortal: () => ({ call: refuse, batch: refuse, uploadRecord: refuse }),
    timeouts: { cardMs: 1, requestMs: 1, uploadMs: 1 },
    egress: 'test',
    now: Date.now,
  };
  const fence: CallFence = {
    hold: async (_callId, work) => (fenceIsFree ? { held: true, value: await work() } : { held: false }),
    holdAll: (callIds, work) => work(callIds),
  };
  const rung: string[] = [];
  const bells: Bells = {
    calls: { add: (_name, { callId }) => Promise.resolve(rung.push(callId)) },
    portals: { add: (_name, { portalId }) => Promise.resolve(rung.push(portalId)) },
  };
  const log = createLogger({ app: 'test', level: 'fatal' });
  const processor = new SyncCallProcessor(deps, fence, bells, log, 1);
  const delays: number[] = [];
  const job = (attemptsMade: number) =>
    ({
      data: { callId: 'call-1' },
      attemptsMade,
      opts: { attempts: 8 },
      moveToDelayed: (until: number) => Promise.resolve(delays.push(until)),
    }) as unknown as Job<SyncCallJob>;
  const run = (attemptsMade = 0) =>
    processor.process(job(attemptsMade), 'token', new AbortController().signal);
  return { store, ended, deps, processor, job, run, rung, delays };
}

describe('a run of a call', () => {
  it('that fails is tried again by the queue', async () => {
    const { run, store } = bench(AWAY);
    await expect(run()).rejects.toMatchObject({ name: 'TryAgain', cause: AWAY });
    expect(store.state('call-1')).toBeUndefined();
  });

  it('whose tries are used up is noted down with its reason, and its job ends', async () => {
    const { run, store, ended } = bench(AWAY);
    await run(7);
    const state = store.state('call-1');
    expect(state).toMatchObject({ version: ended.version, settled: false, problem: AWAY.message });
    expect((state?.notBefore ?? 0) - Date.now()).toBeGreaterThan(55_000);
  });

  it('that must wait for long is noted down, and no job waits', async () => {
    const { run, store, delays } = bench(LIMIT);
    await run();
    expect(store.state('call-1')).toMatchObject({ notBefore: LIMIT.until, problem: LIMIT.message });
    expect(delays).toEqual([]);
  });

  it('whose step waits for its turn ends, and who gives turns is rung for if it is the first', async () => {
    const { run, deps, rung, delays } = bench(AWAY);
    deps.turns.ask = () => Promise.resolve({ kind: 'listed', isFirst: true });
    await run();
    deps.turns.ask = () => Promise.resolve({ kind: 'listed', isFirst: false });
    await run();
    expect([rung, delays]).toEqual([['portal-1'], []]);
  });

  it('whose portal takes nothing is noted down, with the reason', async () => {
    const { run, deps, store } = bench(AWAY);
    const until = Date.now() + 600_000;
    deps.turns.ask = () => Promise.resolve({ kind: 'closed', why: 'blocked', reason: 'so it is', until });
    await run();
    expect(store.state('call-1')).toMatchObject({
      ...{ notBefore: until, settled: false, problem: 'the portal takes nothing: so it is' },
    });
  });

  it('that must wait for a moment puts its job aside, at a whole millisecond', async () => {
    const soon = overLimit(Date.now() + 4_000.5);
    const { run, delays, rung } = bench(soon);
    await expect(run()).rejects.toThrow('movedToDelayed');
    expect(delays).toEqual([Math.ceil(soon.until ?? 0)]);
    expect(rung).toEqual([]);
  });

  it('of which somebody else holds the fence comes back in a moment', async () => {
    const { run, delays, store } = bench(AWAY, { fenceIsFree: false });
    await expect(run()).rejects.toThrow('movedToDelayed');
    expect(delays).toHaveLength(1);
    expect(Number.isInteger(delays[0])).toBe(true);
    expect(store.ledger).toEqual([]);
  });

  it('that failed while the call changed is rung for, because that ring was not heard', async () => {
    const { run, processor, job, store, ended, rung } = bench(AWAY);
    const error = await run().catch((thrown: unknown) => thrown as Error);
    processor.failed(job(1), error ?? AWAY);
    await new Promise(setImmediate);
    expect(rung).toEqual([]);
    store.put({ ...ended, version: ended.version + 1 }, PORTAL);
    processor.failed(job(1), error ?? AWAY);
    await new Promise(setImmediate);
    expect(rung).toEqual(['call-1']);
  });
});
