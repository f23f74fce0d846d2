import { Queue, createPostgresBackend, withBackend } from 'bullmq';
import { createTestQueue } from './test-queue';

interface WorkList {
  add(name: string, data: object): Promise<unknown>;
  getWaitingCount(): Promise<number>;
  close(): Promise<void>;
}

/** The BullMQ queue "work" at this address, on the backend that the address names. */
function workAt(url: string): WorkList {
  if (url.startsWith('redis')) return new Queue('work', { connection: { url } });
  const { Queue: PostgresQueue } = withBackend(createPostgresBackend);
  return new PostgresQueue('work', { connection: { connectionString: url, migrate: true } });
}

describe('a test queue', () => {
  it('holds the jobs of one test file alone', async () => {
    const places = await Promise.all([createTestQueue(), createTestQueue()]);
    const [one, other] = places.map(({ url }) => workAt(url)) as [WorkList, WorkList];
    await one.add('job', {});

    expect(await one.getWaitingCount()).toBe(1);
    expect(await other.getWaitingCount()).toBe(0);

    await Promise.all([one.close(), other.close()]);
    await Promise.all(places.map((place) => place.drop()));
  });

  it('is empty for the next test file', async () => {
    for (let file = 1; file <= 2; file++) {
      const place = await createTestQueue();
      const work = workAt(place.url);
      expect(await work.getWaitingCount()).toBe(0);
      await work.add('job', {});
      await work.close();
      await place.drop();
    }
  });

  it('stays with its test file when another gives its own back', async () => {
    const mine = await createTestQueue();
    const others = await createTestQueue();
    await others.drop();
    const next = [await createTestQueue(), await createTestQueue()];
    expect(next.map(({ url }) => url)).not.toContain(mine.url);
    await Promise.all([mine, ...next].map((place) => place.drop()));
  });

  it('says how to get a queue when there is none', async () => {
    await expect(createTestQueue({})).rejects.toThrow('./run test --int');
  });
});
