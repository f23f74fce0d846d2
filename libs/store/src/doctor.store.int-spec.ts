import { createTestDatabase } from '@app/testkit';
import { CallStore } from './calls/call.store';
import { DoctorStore } from './doctor.store';
import { inspectDatabase } from './inspect-database';
import { PortalEventStore } from './portal-events/portal-event.store';
import { PortalCallStore } from './portal-calls/portal-call.store';
import { PORTAL_DEFAULTS } from './testing/portal-defaults';
import { endedCall, ringingCall } from './testing/some-call';
import {
  openTestStore,
  seedSwitchAndPortal,
  SWITCH_ID,
  TEST_SECRETS,
  type TestStore,
} from './testing/test-store';

let store: TestStore;
let doctor: DoctorStore;
let inbox: PortalEventStore;
let portalId: string;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  doctor = new DoctorStore(store.dataSource);
  inbox = new PortalEventStore(store.dataSource);
  portalId = await seedSwitchAndPortal(store.dataSource);
});

afterAll(() => store.close());

const now = { at: Date.now(), seq: 0 };
const commit = (...calls: ReturnType<typeof ringingCall>[]) =>
  new CallStore(store.dataSource).commit(calls.map((call) => ({ call, events: [] })));
const event = (name: string, data: unknown = {}) => ({ portalId, name, data, receivedAt: Date.now() });

describe('the doctor is told', () => {
  it('which calls need a person, and which nobody looks at', async () => {
    await commit(ringingCall('c1'), ringingCall('c2'), ringingCall('c3'));
    const calls = new PortalCallStore(store.dataSource, PORTAL_DEFAULTS, TEST_SECRETS);
    const stuck = { version: 1, settled: false, problem: 'the portal refuses' };
    await calls.markSynced('c1', stuck);
    await calls.markSynced('c2', stuck);
    expect(await doctor.callTroubles()).toEqual({
      problems: [{ problem: 'the portal refuses', calls: 2 }],
      overdue: 0,
    });
    await store.sql.rows(`UPDATE call_sync SET behind_since = now() - interval '2 minutes'`);
    expect(await doctor.callTroubles()).toMatchObject({ overdue: 1 });
  });

  it('when an event came last, what failed, and whether a test came back', async () => {
    expect(await doctor.lastEvent(portalId, 'ONAPPTEST')).toBeUndefined();
    expect(await doctor.failedEvents(portalId)).toBeUndefined();
    const { eventId } = await inbox.store(event('ONAPPTEST', { QUERY: { doctor: 'mark-1' } }));
    expect(await doctor.lastEvent(portalId, 'ONAPPTEST')).toEqual(expect.any(Number));
    expect(await doctor.testEventCame(portalId, 'mark-1')).toBe(true);
    expect(await doctor.testEventCame(portalId, 'mark-2')).toBe(false);
    await inbox.mark(eventId, 'failed', 'why');
    expect(await doctor.failedEvents(portalId)).toEqual({ count: 1, reason: 'ONAPPTEST: why' });
  });

  it('how many of the newest calls carry our id, and which recording is the newest', async () => {
    expect(await doctor.stampedCalls(SWITCH_ID)).toEqual({ calls: 0, stamped: 0 });
    expect(await doctor.newestRecording(SWITCH_ID)).toBeUndefined();
    const madeUp = 'f81d4fae-7dec-51d0-a765-00a0c91e6bf6';
    await commit({ ...endedCall('c1'), started: now }, ringingCall(madeUp, { started: now }));
    expect(await doctor.stampedCalls(SWITCH_ID)).toEqual({ calls: 2, stamped: 1 });
    expect(await doctor.newestRecording(SWITCH_ID)).toBe('/recordings/c1.wav');
  });

  it('how the database is', async () => {
    const facts = await inspectDatabase(store.dataSource, TEST_SECRETS);
    expect(facts).toMatchObject({ missing: [], unknown: [], sealedWithOtherKeys: 0 });
    expect(facts.versionNumber).toBeGreaterThan(140_000);
    expect(Math.abs(facts.now - Date.now())).toBeLessThan(60_000);
    await store.sql.rows(`UPDATE migrations SET name = 'FromTheFuture1' WHERE name LIKE 'PortalUpkeep%'`);
    expect(await inspectDatabase(store.dataSource, TEST_SECRETS)).toMatchObject({
      missing: ['PortalUpkeep1795478400001'],
      unknown: ['FromTheFuture1'],
    });
    await store.sql.rows(
      `UPDATE migrations SET name = 'PortalUpkeep1795478400001' WHERE name = 'FromTheFuture1'`,
    );
  });
});
