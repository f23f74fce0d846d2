import { createTestDatabase } from '@app/testkit';
import { ringingCall } from '../testing/some-call';
import { openTestStore, seedSwitchAndPortal, type TestStore } from '../testing/test-store';
import { CallStore } from '../calls/call.store';
import { ensurePartitions } from './ensure-partitions';

let store: TestStore;

beforeEach(async () => {
  store = await openTestStore(await createTestDatabase());
  await seedSwitchAndPortal(store.dataSource);
});

afterEach(() => store.close());

const DAY_MS = 24 * 60 * 60 * 1000;

/** For example call_event_20261122. */
function partitionOf(table: string, epochMs: number): string {
  return `${table}_${new Date(epochMs).toISOString().slice(0, 10).replaceAll('-', '')}`;
}

/** Writes a call that rang at `epochMs`. */
async function callAt(callId: string, epochMs: number): Promise<void> {
  const moment = { at: epochMs, seq: 1 };
  const event = { type: 'LegRang', channelUuid: callId, moment } as const;
  const entry = { event, coreUuid: 'core-1', sequence: epochMs, observedAt: epochMs };
  await new CallStore(store.dataSource).commit([{ call: ringingCall(callId), events: [entry] }]);
}

async function placesOfEvents(): Promise<unknown[]> {
  return store.sql.rows('SELECT call_id, tableoid::regclass::text AS place FROM call_event ORDER BY call_id');
}

describe('partitions', () => {
  it('exist from yesterday to two weeks ahead after a migration, and are not made again', async () => {
    const now = Date.now();
    const wanted = Array.from({ length: 16 }, (_, n) => now + (n - 1) * DAY_MS);
    const names = wanted.flatMap((day) => [
      partitionOf('call_event', day),
      partitionOf('portal_request', day),
      partitionOf('portal_event', day),
    ]);
    const rows = await store.sql.rows(
      `SELECT count(to_regclass(name))::int AS found FROM unnest($1::text[]) AS name`,
      [names],
    );
    expect(rows).toEqual([{ found: 48 }]);
    expect(await ensurePartitions(store.dataSource)).toBe(0);
  });

  it('take the events of their day; the default one takes the rest', async () => {
    const now = Date.now();
    await callAt('today', now);
    await callAt('wrong clock', Date.UTC(1970, 0, 2));
    expect(await placesOfEvents()).toEqual([
      { call_id: 'today', place: partitionOf('call_event', now) },
      { call_id: 'wrong clock', place: 'call_event_default' },
    ]);
  });

  it('that come late take over what lies in the default one', async () => {
    const later = Date.now() + 20 * DAY_MS;
    await callAt('ahead', later);
    expect(await placesOfEvents()).toEqual([{ call_id: 'ahead', place: 'call_event_default' }]);

    const created = await ensurePartitions(store.dataSource, 21);
    expect(created).toBe(3 * (21 - 14));
    expect(await placesOfEvents()).toEqual([{ call_id: 'ahead', place: partitionOf('call_event', later) }]);
    await callAt('ahead', later);
    expect(await placesOfEvents()).toHaveLength(1);
  });

  it('are made while calls are committed, by two gateways at a time', async () => {
    const later = Date.now() + 20 * DAY_MS;
    const commits = Array.from({ length: 60 }, (_, n) => callAt(`call-${n}`, later + n));
    const created = await Promise.all([
      ensurePartitions(store.dataSource, 25),
      ensurePartitions(store.dataSource, 25),
    ]);
    await Promise.all(commits);
    expect(created.sort((a, b) => a - b)).toEqual([0, 3 * (25 - 14)]);
    const places = (await placesOfEvents()) as { place: string }[];
    expect(new Set(places.map(({ place }) => place))).toEqual(new Set([partitionOf('call_event', later)]));
    expect(places).toHaveLength(60);
  });

  it('go with their day', async () => {
    const now = Date.now();
    await callAt('today', now);
    await store.sql.rows(`DROP TABLE ${partitionOf('call_event', now)}`);
    expect(await placesOfEvents()).toEqual([]);
  });
});
