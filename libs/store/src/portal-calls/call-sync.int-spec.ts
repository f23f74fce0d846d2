import { createTestDatabase } from '@app/testkit';
import { CallStore } from '../calls/call.store';
import { PORTAL_DEFAULTS } from '../testing/portal-defaults';
import { refusalOf } from '../testing/refusal-of';
import { endedCall, ringingCall } from '../testing/some-call';
import { openTestStore, seedSwitchAndPortal, TEST_SECRETS, type TestStore } from '../testing/test-store';
import { CALLS_DUE } from './call-sync';
import { PortalCallStore } from './portal-call.store';

const NOW = Date.UTC(2026, 10, 20, 12);

let store: TestStore;
let calls: CallStore;
let portalCalls: PortalCallStore;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
  calls = new CallStore(store.dataSource);
  portalCalls = new PortalCallStore(store.dataSource, PORTAL_DEFAULTS, TEST_SECRETS);
});

beforeEach(async () => {
  await store.clear();
  await seedSwitchAndPortal(store.dataSource);
});

afterAll(() => store.close());

const write = (callId: string, version = 1) =>
  calls.commit([{ call: ringingCall(callId, { version }), events: [] }]);
const due = (limit = 10, now = NOW) => portalCalls.callsDue(now, limit);

describe('a call', () => {
  it('is due when it is new, until it is synchronised', async () => {
    await write('c1');
    expect(await due()).toEqual(['c1']);
    await portalCalls.markSynced('c1', { version: 1, settled: false });
    expect(await due()).toEqual([]);
  });

  it('is due again when it has changed since, also after it was settled', async () => {
    await write('c1');
    await portalCalls.markSynced('c1', { version: 1, settled: true });
    await calls.commit([{ call: endedCall('c1', 5), events: [] }]);
    expect(await due()).toEqual(['c1']);
  });

  it('stays due when it changed while it was being synchronised', async () => {
    await write('c1');
    await write('c1', 2);
    await portalCalls.markSynced('c1', { version: 1, settled: false });
    expect(await due()).toEqual(['c1']);
  });

  it('is not due again because an older change was committed again', async () => {
    await write('c1', 2);
    await portalCalls.markSynced('c1', { version: 2, settled: false });
    await write('c1', 2);
    await write('c1', 1);
    expect(await due()).toEqual([]);
  });

  it('is due at its time, though nothing changed', async () => {
    await write('c1');
    await portalCalls.markSynced('c1', { version: 1, settled: false, notBefore: NOW + 60_000 });
    expect(await due(10, NOW + 59_999)).toEqual([]);
    expect(await due(10, NOW + 60_000)).toEqual(['c1']);
    await portalCalls.markSynced('c1', { version: 1, settled: true });
    expect(await due(10, NOW + 60_000)).toEqual([]);
  });

  it('is due once, when it has changed and its time has come', async () => {
    await write('c1');
    await portalCalls.markSynced('c1', { version: 1, settled: false, notBefore: NOW });
    await write('c1', 2);
    expect(await due()).toEqual(['c1']);
  });

  it('is not forgotten when two marks come in the wrong order', async () => {
    await write('c1', 3);
    await portalCalls.markSynced('c1', { version: 3, settled: false });
    await portalCalls.markSynced('c1', { version: 2, settled: false });
    expect(await due()).toEqual([]);
  });

  it('tells people what is wrong with it, until it is not', async () => {
    const problem = () => store.sql.rows('SELECT settled, problem FROM call_sync');
    await write('c1');
    await portalCalls.markSynced('c1', { version: 1, settled: true, problem: 'no portal' });
    expect(await problem()).toEqual([{ settled: true, problem: 'no portal' }]);
    await portalCalls.markSynced('c1', { version: 1, settled: false });
    expect(await problem()).toEqual([{ settled: false, problem: null }]);
  });

  it('can not be marked when it is not there, or further than it is', async () => {
    expect(await refusalOf(portalCalls.markSynced('none', { version: 1, settled: true }))).toMatchObject({
      kind: 'bad-row',
    });
    await write('c1');
    const ahead = refusalOf(portalCalls.markSynced('c1', { version: 2, settled: true }));
    expect(await ahead).toMatchObject({ constraint: 'call_sync_not_ahead' });
  });
});

describe('the sweeper', () => {
  it('gets the longest due first, and no more than it asked for', async () => {
    for (const callId of ['c1', 'c2', 'c3']) await write(callId);
    await write('c1', 2);
    expect(await due(2)).toEqual(['c1', 'c2']);
    await portalCalls.markSynced('c3', { version: 1, settled: false, notBefore: NOW - 1 });
    expect(await due(2)).toEqual(['c3', 'c1']);
  });

  it('reads two small indexes, however many calls there are', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => ({ call: endedCall(`call-${n}`), events: [] }));
    await calls.commit(many);
    await store.sql.rows('UPDATE call_sync SET synced_version = call_version, settled = true');
    await store.sql.rows('VACUUM ANALYZE call_sync');
    const plan = await store.sql.rows(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${CALLS_DUE}`, [
      new Date(NOW),
      100,
    ]);
    const text = JSON.stringify(plan);
    expect(text).toContain('"Index Name":"call_sync_behind_idx"');
    expect(text).toContain('"Index Name":"call_sync_not_before_idx"');
    expect(text).not.toContain('Seq Scan');
    expect(await due(100)).toEqual([]);
  });
});
