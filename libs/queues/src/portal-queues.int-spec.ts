import type { Job } from 'bullmq';
import { createTestQueue, type TestQueue } from '@app/testkit';
import { openQueueBackend } from './open-queue-backend';
import {
  portalEventQueue,
  ringLatePortalEvent,
  ringPortalEvent,
  type PortalEventJob,
} from './portal-event.queue';
import type { JobWorker, QueueBackend } from './queue-backend';
import {
  ringLateSetUpPortal,
  ringSetUpPortal,
  setUpPortalQueue,
  type SetUpPortalJob,
} from './set-up-portal.queue';

const PORTAL = '2f6cbe0c-6a1b-4c1e-8f7e-2f5c3a7c0d11';

describe('what portals bring about', () => {
  let place: TestQueue;
  let backend: QueueBackend;
  const workers: JobWorker[] = [];
  const queues: { close(): Promise<void> }[] = [];

  beforeEach(async () => {
    place = await createTestQueue();
    backend = await openQueueBackend(place.url, { onError: () => undefined });
  });

  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close()));
    await Promise.all(queues.splice(0).map((queue) => queue.close()));
    await backend.close();
    await place.drop();
  });

  it('an event is handled once, however often it is rung for before', async () => {
    const queue = backend.queue(portalEventQueue);
    queues.push(queue);
    await ringPortalEvent(queue, '17');
    await ringPortalEvent(queue, '17');
    await ringLatePortalEvent(queue, '17');
    await ringPortalEvent(queue, '18');
    const handled = new Promise<string[]>((resolve) => {
      const seen: string[] = [];
      const process = (job: Job<PortalEventJob>) => {
        seen.push(job.data.eventId);
        if (seen.length === 2) resolve(seen);
        return Promise.resolve();
      };
      workers.push(backend.worker(portalEventQueue, process, { concurrency: 1 }));
    });
    expect(await handled).toEqual(['17', '18']);
    expect(await queue.getJobCounts('waiting', 'delayed')).toMatchObject({ waiting: 0, delayed: 0 });
  });

  it('a set-up that is wished for while it runs runs once more', async () => {
    const queue = backend.queue(setUpPortalQueue);
    queues.push(queue);
    let runs = 0;
    const ranTwice = new Promise<void>((resolve) => {
      const process = async (job: Job<SetUpPortalJob>) => {
        runs += 1;
        if (runs === 1) {
          await ringSetUpPortal(queue, job.data.portalId);
          await ringLateSetUpPortal(queue, job.data.portalId);
        } else resolve();
      };
      workers.push(backend.worker(setUpPortalQueue, process, { concurrency: 2 }));
    });
    await ringSetUpPortal(queue, PORTAL);
    await ranTwice;
    expect(runs).toBe(2);
  });
});
