import { DelayedError, type Job } from 'bullmq';
import { createTestQueue, type TestQueue } from '@app/testkit';
import { openQueueBackend } from './open-queue-backend';
import type { JobQueue, JobWorker, QueueBackend, WorkerSettings } from './queue-backend';
import { ringDoorbell, ringLateDoorbell, syncCallQueue, type SyncCallJob } from './sync-call.queue';

const FAR_AWAY_MS = 3600_000;
/** As short as can be: these tests are about what follows what. */
const definition = { ...syncCallQueue, retry: { attempts: 3, firstDelayMs: 10, longestDelayMs: 10 } };

/** What a run does: returns, throws, or waits for the test to let it go. */
type Behaviour = (job: Job<SyncCallJob>, token?: string) => Promise<void>;

describe('the doorbell of a call', () => {
  let place: TestQueue;
  let backend: QueueBackend;
  let queue: JobQueue<SyncCallJob>;
  let worker: JobWorker | undefined;
  const runs: string[] = [];

  beforeEach(async () => {
    place = await createTestQueue();
    backend = await openQueueBackend(place.url, { onError: () => undefined });
    queue = backend.queue(definition);
    runs.length = 0;
  });

  afterEach(async () => {
    await worker?.close();
    worker = undefined;
    await queue.close();
    await backend.close();
    await place.drop();
  });

  /** Starts to work: the runs behave as told in turn, all others simply end. */
  function work(behaviours: Behaviour[] = [], settings: Partial<WorkerSettings<SyncCallJob>> = {}): void {
    const process = async (job: Job<SyncCallJob>, token?: string) => {
      runs.push(job.data.callId);
      await behaviours.shift()?.(job, token);
    };
    worker = backend.worker(definition, process, { concurrency: 4, ...settings });
  }

  const jobsIn = async (state: 'active' | 'delayed' | 'waiting' | 'failed') =>
    (await queue.getJobCounts(state))[state] ?? 0;
  const nothingLeft = () => until(async () => (await jobsIn('active')) + (await jobsIn('waiting')) === 0);
  const putAside: Behaviour = async (job, token) => {
    await job.moveToDelayed(Date.now() + FAR_AWAY_MS, token);
    throw new DelayedError();
  };

  it('has the call looked at', async () => {
    work();
    await ringDoorbell(queue, 'a');
    await until(() => runs.length === 1);
    expect(runs).toEqual(['a']);
  });

  it('rung five times while the call waits has it looked at once', async () => {
    for (let ring = 0; ring < 5; ring += 1) await ringDoorbell(queue, 'a');
    await ringDoorbell(queue, 'b');
    work();
    await until(() => runs.length === 2);
    await nothingLeft();
    expect(runs).toEqual(['a', 'b']);
  });

  it('rung five times while the call is looked at has it looked at once more', async () => {
    const gate = openable();
    work([() => gate.opened]);
    await ringDoorbell(queue, 'a');
    await until(() => runs.length === 1);
    for (let ring = 0; ring < 5; ring += 1) await ringDoorbell(queue, 'a');
    expect(runs).toEqual(['a']);
    gate.open();
    await until(() => runs.length === 2);
    await nothingLeft();
    expect(runs).toEqual(['a', 'a']);
  });

  it('gets through to a call that was put aside', async () => {
    work([putAside]);
    await ringDoorbell(queue, 'a');
    await until(async () => (await jobsIn('delayed')) === 1);
    await ringDoorbell(queue, 'a');
    await until(() => runs.length === 2);
  });

  it('gets through to a call that waits for its next try, and the tries go on counting', async () => {
    const slow = {
      ...definition,
      retry: { attempts: 2, firstDelayMs: FAR_AWAY_MS, longestDelayMs: FAR_AWAY_MS },
    };
    const failures: (number | undefined)[] = [];
    const fail = () => Promise.reject(new Error('the portal is away'));
    await queue.close();
    queue = backend.queue(slow);
    worker = backend.worker(
      slow,
      (job) => {
        runs.push(job.data.callId);
        return fail();
      },
      { concurrency: 1, onFailed: (job) => failures.push(job?.attemptsMade) },
    );
    await ringDoorbell(queue, 'a');
    await until(async () => (await jobsIn('delayed')) === 1);
    await ringDoorbell(queue, 'a');
    await until(() => failures.length === 2);
    expect(failures).toEqual([1, 2]);
    expect(await jobsIn('failed')).toBe(1);
  });

  it('rung during a run that then puts the call aside is not heard: that run has to look for itself', async () => {
    const gate = openable();
    work([(job, token) => gate.opened.then(() => putAside(job, token))]);
    await ringDoorbell(queue, 'a');
    await until(() => runs.length === 1);
    await ringDoorbell(queue, 'a');
    gate.open();
    await until(async () => (await jobsIn('delayed')) === 1);
    await nothingLeft();
    expect(runs).toEqual(['a']);
    await ringDoorbell(queue, 'a');
    await until(() => runs.length >= 2);
  });

  it('rung late leaves a call alone that was put aside, and finds one that was forgotten', async () => {
    work([putAside]);
    await ringDoorbell(queue, 'a');
    await until(async () => (await jobsIn('delayed')) === 1);
    await ringLateDoorbell(queue, 'a');
    await ringLateDoorbell(queue, 'b');
    await until(() => runs.length === 2);
    await nothingLeft();
    expect(runs).toEqual(['a', 'b']);
    expect(await jobsIn('delayed')).toBe(1);
  });

  it('rung late while the call is looked at means nothing', async () => {
    const gate = openable();
    work([() => gate.opened]);
    await ringDoorbell(queue, 'a');
    await until(() => runs.length === 1);
    await ringLateDoorbell(queue, 'a');
    gate.open();
    await nothingLeft();
    expect(runs).toEqual(['a']);
  });

  it('works again when all tries of a call were used up', async () => {
    const fail = () => Promise.reject(new Error('no'));
    work([fail, fail, fail]);
    await ringDoorbell(queue, 'a');
    await until(async () => (await jobsIn('failed')) === 1);
    expect(runs).toHaveLength(3);
    await ringDoorbell(queue, 'a');
    await until(() => runs.length === 4);
  });

  it('of nobody is not looked at, and not tried again', async () => {
    work();
    await queue.add('sync-call', JSON.parse('{"call":"a"}') as SyncCallJob);
    await until(async () => (await jobsIn('failed')) === 1);
    expect(runs).toEqual([]);
  });

  it('is never lost, however rings and runs fall together', async () => {
    const calls = Array.from({ length: 10 }, (_, index) => `call-${index}`);
    const rung = new Map<string, number>();
    const seen = new Map<string, number>();
    const inHand = new Set<string>();
    let overlaps = 0;
    worker = backend.worker(
      definition,
      async ({ data: { callId } }) => {
        if (inHand.has(callId)) overlaps += 1;
        inHand.add(callId);
        seen.set(callId, rung.get(callId) ?? 0);
        await new Promise(setImmediate);
        inHand.delete(callId);
      },
      { concurrency: 8 },
    );
    for (let round = 1; round <= 40; round += 1) {
      await Promise.all(
        calls.map((callId) => {
          rung.set(callId, round);
          return ringDoorbell(queue, callId);
        }),
      );
    }
    await until(() => calls.every((callId) => seen.get(callId) === 40));
    await nothingLeft();
    expect(overlaps).toBe(0);
  });

  it('survives a worker that froze: another takes the job over', async () => {
    const gate = openable();
    work([() => gate.opened], { neverRenewsLocks: true, lockDurationMs: 300, concurrency: 1 });
    await ringDoorbell(queue, 'a');
    await until(() => runs.length === 1);
    const other = backend.worker(
      definition,
      ({ data }) => {
        runs.push(`other: ${data.callId}`);
        return Promise.resolve();
      },
      { concurrency: 1, lockDurationMs: 300 },
    );
    await until(() => runs.length === 2);
    gate.open();
    await other.close();
    expect(runs).toEqual(['a', 'other: a']);
  });
});

it('an address of no queue is refused', async () => {
  await expect(openQueueBackend('http://queue.example/', { onError: () => undefined })).rejects.toThrow(
    /http:/,
  );
});

/** A door that the test opens. */
function openable(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

/** Looks again and again, for ten seconds at most. */
async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`it never came true: ${isTrue.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
