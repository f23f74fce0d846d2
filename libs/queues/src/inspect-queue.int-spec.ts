import { createTestQueue } from '@app/testkit';
import { inspectQueue } from './inspect-queue';

describe('where jobs are kept', () => {
  it('is told with its version, and what it does when it is full', async () => {
    const place = await createTestQueue();
    const facts = await inspectQueue(place.url, 10_000);
    await place.drop();
    expect(facts.version).toMatch(/^\d+\.\d/);
    expect(facts.kind).toBe(place.url.startsWith('redis') ? 'redis' : 'postgres');
    if (facts.kind === 'redis') expect(facts.evictionPolicy).toMatch(/^[a-z-]+$/);
    else expect(facts.evictionPolicy).toBeUndefined();
  });

  it.each(['redis://:secret@127.0.0.1:1/0', 'postgres://connector:secret@127.0.0.1:1/queue'])(
    'says why it cannot be reached, and no password: %s',
    async (url) => {
      const error: unknown = await inspectQueue(url, 2_000).catch((thrown: unknown) => thrown);
      expect(String(error)).toContain('ECONNREFUSED');
      expect(String(error)).not.toContain('secret');
    },
  );
});
