import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '@app/testkit';
import { HeartbeatStore, type Heartbeat } from './heartbeat.store';
import { openTestStore, type TestStore } from './testing/test-store';

let store: TestStore;
let heartbeats: HeartbeatStore;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
  heartbeats = new HeartbeatStore(store.dataSource);
});

beforeEach(() => store.clear());

afterAll(() => store.close());

const startedAt = Date.UTC(2026, 10, 28);
const worker = (changes: Partial<Heartbeat> = {}): Heartbeat => ({
  processId: randomUUID(),
  app: 'worker',
  host: 'here',
  pid: 7,
  startedAt,
  health: { ready: true },
  ...changes,
});

describe('processes', () => {
  it('are seen with what they said last, however often they say it', async () => {
    const one = worker();
    await heartbeats.beat(one);
    await heartbeats.beat({ ...one, health: { ready: false } });
    expect(await heartbeats.seen()).toEqual([
      { ...one, health: { ready: false }, silentMs: expect.any(Number) as unknown },
    ]);
  });

  it('are not seen any more when they have left', async () => {
    const one = worker();
    await heartbeats.beat(one);
    await heartbeats.leave(one.processId);
    expect(await heartbeats.seen()).toEqual([]);
  });

  it('that were killed are remembered for a day', async () => {
    await heartbeats.beat(worker({ host: 'killed' }));
    await heartbeats.beat(worker({ host: 'long ago' }));
    await store.sql.rows(
      `UPDATE process_heartbeat SET seen_at = now() - interval '3 hours' WHERE host = 'killed'`,
    );
    await store.sql.rows(
      `UPDATE process_heartbeat SET seen_at = now() - interval '2 days' WHERE host = 'long ago'`,
    );
    await heartbeats.beat(worker());
    const seen = await heartbeats.seen();
    expect(seen.map(({ host }) => host)).toEqual(['here', 'killed']);
    expect(Math.round((seen[1]?.silentMs ?? 0) / 3_600_000)).toBe(3);
  });
});
