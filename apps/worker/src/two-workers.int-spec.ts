import { tmpdir } from 'node:os';
import { createLogger, createMetrics } from '@app/observability';
import { openQueueBackend, type JobWorker, type QueueBackend } from '@app/queues';
import { CallFence, createDataSource, migrate, PortalCallStore, RateGovernor } from '@app/store';
import { createTestDatabase, createTestQueue, FakePortal, type RunningPortal } from '@app/testkit';
import { SyncCallProcessor } from './sync-call/sync-call.processor';
import { syncDeps } from './sync-call/sync-deps';
import { Office } from './testing/office';
import { toldCall } from './testing/told-call';
import { until } from './testing/until';

const REGISTER = 'telephony.externalCall.register';

describe('two workers', () => {
  let portal: FakePortal;
  let door: RunningPortal;
  let office: Office;
  let urls: { readonly databaseUrl: string; readonly queueUrl: string };
  const endings: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    const [database, place] = await Promise.all([createTestDatabase(), createTestQueue()]);
    await migrate(database.url);
    portal = new FakePortal({ rateLimit: false });
    door = await portal.listen();
    urls = { databaseUrl: database.url, queueUrl: place.url };
    const { accessToken } = portal;
    office = await Office.open({ ...urls, endpoint: door.endpoint, accessToken, recordings: tmpdir() });
    endings.push(
      () => Promise.all([database.drop(), place.drop()]),
      () => office.close(),
      () => door.close(),
    );
  });

  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  /** A worker with connections of its own, as in a process of its own. */
  async function startWorker(frozen: { neverRenewsLocks?: boolean } = {}): Promise<JobWorker> {
    const settings = office.settings();
    const dataSource = await createDataSource(urls.databaseUrl, { poolSize: 4 }).initialize();
    const backend: QueueBackend = await openQueueBackend(urls.queueUrl, { onError: () => undefined });
    const fence = await CallFence.open(urls.databaseUrl, {
      onLost: (error) => {
        throw error;
      },
    });
    const store = new PortalCallStore(dataSource, settings.policy, office.secrets);
    const metrics = createMetrics('worker', { ofProcess: false });
    const deps = syncDeps(settings, store, new RateGovernor(dataSource), metrics);
    const log = createLogger({ app: 'worker', level: 'fatal' });
    const processor = new SyncCallProcessor(deps, fence, office.doorbells, log, 4);
    const process: Parameters<typeof backend.worker>[1] = (job, token) =>
      processor.process(job as never, token, new AbortController().signal);
    const worker = backend.worker(processor.queue, process, {
      concurrency: 4,
      lockDurationMs: 400,
      ...frozen,
    });
    endings.push(async () => {
      await worker.close();
      await Promise.all([fence.close(), backend.close(), dataSource.destroy()]);
    });
    return worker;
  }

  it('keep the order of every call, however the rings fall', async () => {
    await Promise.all([startWorker(), startWorker()]);
    const calls = Array.from({ length: 20 }, (_, index) => toldCall(`call-${index}`));
    for (const turn of ['ringing', 'answered', 'ended'] as const) {
      await Promise.all(calls.map((call) => office.tell(call[turn])));
    }
    const isSettled = async (callId: string) => (await office.syncState(callId)).settled === true;
    for (const { ended } of calls) await until(() => isSettled(ended.callId), 30_000);

    expect(portal.audit()).toEqual([]);
    expect(portal.state.calls.all).toHaveLength(20);
    expect([...portal.state.statistics.values()]).toHaveLength(20);
    for (const { ended } of calls) {
      const steps = await office.ledger(ended.callId);
      expect([steps[0], steps.at(-1), steps.filter((step) => step === 'register').length]).toEqual([
        'register',
        'finish',
        1,
      ]);
    }
  }, 60_000);

  it('do not overtake each other: the call of a frozen one stays its own', async () => {
    const frozen = await startWorker({ neverRenewsLocks: true });
    portal.inject({ kind: 'slow', ms: 2_000, method: REGISTER });
    const { ringing, ended } = toldCall('call-1');
    await office.tell(ringing);
    await until(() => portal.requestsTo(REGISTER).length === 1);
    await startWorker();
    await office.tell(ended);

    // The queue has given the job to the other worker, which finds the fence and puts it aside.
    await until(async () => (await office.doorbells.getJobCounts('delayed')).delayed === 1);
    expect(portal.requests).toHaveLength(1);
    await until(async () => (await office.syncState('call-1')).settled === true);
    await frozen.close();
    expect(portal.requestsTo(REGISTER)).toHaveLength(1);
    expect([...portal.state.statistics.values()]).toHaveLength(1);
    expect(portal.audit()).toEqual([]);
  }, 30_000);
});
