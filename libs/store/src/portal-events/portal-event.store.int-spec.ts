import { createTestDatabase } from '@app/testkit';
import { DailyTables } from '../daily/daily-tables';
import { PortalStore } from '../portals/portal.store';
import { refusalOf } from '../testing/refusal-of';
import { ACME, GLOBEX, openTestStore, TEST_SECRETS, type TestStore } from '../testing/test-store';
import { PortalEventStore, type EventToStore, type FetchedEvent } from './portal-event.store';

const DAY_MS = 24 * 60 * 60 * 1000;

let store: TestStore;
let inbox: PortalEventStore;
let click: EventToStore;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  inbox = new PortalEventStore(store.dataSource);
  const { portalId } = await new PortalStore(store.dataSource, TEST_SECRETS).install(ACME);
  const now = Date.now();
  click = {
    portalId,
    name: 'ONEXTERNALCALLSTART',
    ts: Math.floor(now / 1000),
    handlerId: '1055',
    data: { PHONE_NUMBER: '+74950000000', USER_ID: '12', unheard: { of: ['x'] } },
    auth: { user_id: '12' },
    receivedAt: now,
  };
});

afterAll(() => store.close());

const places = () => store.sql.rows('SELECT name, tableoid::regclass::text AS place FROM portal_event');

describe('an event of a portal', () => {
  it('is stored with every field, and taken up as it was', async () => {
    const { eventId, duplicate } = await inbox.store(click);
    expect(duplicate).toBe(false);
    expect(await inbox.take(eventId)).toEqual({
      ...click,
      eventId,
      state: 'stored',
      attempts: 1,
      source: 'online',
    });
    expect(await inbox.take(eventId)).toMatchObject({ attempts: 2 });
  });

  it('may know neither its time nor its binding', async () => {
    const { eventId } = await inbox.store({ ...click, ts: undefined, handlerId: undefined, auth: undefined });
    expect(await inbox.take(eventId)).toMatchObject({ ts: undefined, handlerId: undefined, auth: {} });
  });

  it('is the same when it comes again, in another order, by another user, a minute later', async () => {
    const { eventId } = await inbox.store(click);
    const again = {
      ...click,
      data: Object.fromEntries(Object.entries(click.data as object).reverse()),
      auth: { user_id: '13' },
      receivedAt: click.receivedAt + 60_000,
    };
    expect(await inbox.store(again)).toEqual({ eventId, duplicate: true });
    expect(await places()).toHaveLength(1);
  });

  it('is the same although midnight lies between', async () => {
    const { eventId } = await inbox.store(click);
    const later = await inbox.store({ ...click, receivedAt: click.receivedAt + DAY_MS });
    expect(later).toEqual({ eventId, duplicate: true });
  });

  it.each<[string, (event: EventToStore) => Partial<EventToStore>]>([
    ['name', () => ({ name: 'ONEXTERNALCALLBACKSTART' })],
    ['second', (event) => ({ ts: (event.ts ?? 0) + 1 })],
    ['binding', () => ({ handlerId: '1056' })],
    ['number', () => ({ data: { PHONE_NUMBER: '+74950000001' } })],
  ])('is another one with another %s', async (_what, change) => {
    await inbox.store(click);
    expect(await inbox.store({ ...click, ...change(click) })).toMatchObject({ duplicate: false });
  });

  it('is another one in another portal', async () => {
    await inbox.store(click);
    const { portalId } = await new PortalStore(store.dataSource, TEST_SECRETS).install(GLOBEX);
    expect(await inbox.store({ ...click, portalId })).toMatchObject({ duplicate: false });
  });

  it('is stored once when two gateways get it at the same time', async () => {
    const stored = await Promise.all(Array.from({ length: 8 }, () => inbox.store(click)));
    expect(stored.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(new Set(stored.map(({ eventId }) => eventId)).size).toBe(1);
  });

  it('is refused for a portal that is not there', async () => {
    const nowhere = inbox.store({ ...click, portalId: '00000000-0000-0000-0000-000000000000' });
    expect(await refusalOf(nowhere)).toMatchObject({
      kind: 'bad-row',
      constraint: expect.stringMatching(/portal/) as unknown,
    });
  });

  it('with an impossible time is kept under the day of its arrival', async () => {
    await inbox.store({ ...click, ts: 5 });
    const today = new Date(click.receivedAt).toISOString().slice(0, 10).replaceAll('-', '');
    expect(await places()).toEqual([{ name: click.name, place: `portal_event_${today}` }]);
  });
});

describe('an event that the portal kept for us', () => {
  const fetched = (changes: Partial<FetchedEvent> = {}): FetchedEvent => ({
    portalId: click.portalId,
    name: click.name,
    recordId: '17',
    recordedAt: (click.ts ?? 0) * 1000 - 2_000,
    // Its queue keeps numbers and what is empty; a form makes text of it.
    data: { USER_ID: 12, PHONE_NUMBER: '+74950000000', unheard: { of: ['x'] }, EXTENSION: null, LIST: [] },
    auth: { user_id: 12 },
    receivedAt: click.receivedAt + 3_000,
    ...changes,
  });

  it('is stored when it did not come by itself, and fetched again it is the same', async () => {
    const { eventId, duplicate } = await inbox.storeFetched(fetched());
    expect(duplicate).toBe(false);
    expect(await inbox.take(eventId)).toMatchObject({ source: 'offline', ts: (click.ts ?? 0) - 2 });
    expect(await inbox.storeFetched(fetched({ receivedAt: click.receivedAt + 60_000 }))).toEqual({
      eventId,
      duplicate: true,
    });
  });

  it('is the twin of what came by itself, whichever is first', async () => {
    const posted = await inbox.store(click);
    expect(await inbox.storeFetched(fetched())).toEqual({ eventId: posted.eventId, duplicate: true });
    const other = { ...click, data: { PHONE_NUMBER: '+74950000001' } };
    const first = await inbox.storeFetched(fetched({ data: other.data, recordId: '18' }));
    expect(await inbox.store(other)).toEqual({ eventId: first.eventId, duplicate: true });
    expect(await places()).toHaveLength(2);
  });

  it('is known again after its twin was recognised', async () => {
    const { eventId } = await inbox.store(click);
    await inbox.storeFetched(fetched());
    expect(await inbox.storeFetched(fetched())).toEqual({ eventId, duplicate: true });
  });

  it('has one twin: who sends a form twice has sent two', async () => {
    await inbox.store(click);
    await inbox.storeFetched(fetched());
    expect(await inbox.storeFetched(fetched({ recordId: '18' }))).toMatchObject({ duplicate: false });
  });

  it('is another one when it was recorded at another time of the day', async () => {
    await inbox.store(click);
    const longAgo = fetched({ recordedAt: (click.ts ?? 0) * 1000 - 3_600_000 });
    expect(await inbox.storeFetched(longAgo)).toMatchObject({ duplicate: false });
  });

  it('is stored once when it is posted and fetched at the same moment', async () => {
    const stored = await Promise.all([
      inbox.store(click),
      inbox.storeFetched(fetched()),
      inbox.storeFetched(fetched()),
      inbox.store(click),
    ]);
    expect(stored.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(new Set(stored.map(({ eventId }) => eventId)).size).toBe(1);
  });
});

describe('what becomes of events', () => {
  it('is found by the sweeper as long as nobody has handled them, the oldest first', async () => {
    const ages = [30_000, 20_000, 10_000, 0];
    const ids: string[] = [];
    for (const [n, age] of ages.entries()) {
      const { eventId } = await inbox.store({
        ...click,
        handlerId: `${n}`,
        receivedAt: click.receivedAt - age,
      });
      ids.push(eventId);
    }
    const [first = '', second = '', third = ''] = ids;
    expect(await inbox.unhandled(click.receivedAt - 5_000, 10)).toEqual([first, second, third]);
    await inbox.mark(first, 'handled');
    await inbox.mark(second, 'waiting', 'for click-to-call');
    expect(await inbox.unhandled(click.receivedAt - 5_000, 10)).toEqual([third]);
    await inbox.mark(third, 'failed', 'tried eight times');
    expect(await inbox.unhandled(click.receivedAt - 5_000, 10)).toEqual([]);
    expect(await inbox.take(second)).toMatchObject({ state: 'waiting', reason: 'for click-to-call' });
  });

  it('is nobody’s business once they are gone', async () => {
    expect(await inbox.take('999999')).toBeUndefined();
    await expect(inbox.mark('999999', 'handled')).resolves.toBeUndefined();
  });
});

describe('the days that are kept', () => {
  it('are as many as the settings say; the rest goes with its partitions', async () => {
    const tables = new DailyTables(store.dataSource);
    await inbox.store(click);
    await inbox.store({ ...click, ts: undefined, receivedAt: click.receivedAt - 40 * DAY_MS });
    await store.sql.rows(`SELECT create_day_partition('portal_event', current_date - 40)`);
    await store.sql.rows(`SELECT create_day_partition('portal_event', current_date - 20)`);
    await inbox.store({ ...click, ts: undefined, receivedAt: click.receivedAt - 50 * DAY_MS });
    expect(await places()).toHaveLength(3);
    expect(await tables.drop('portal_event', 30)).toBe(1);
    expect(await places()).toHaveLength(1);
    expect(await tables.drop('portal_event', 30)).toBe(0);
    expect(await tables.drop('portal_event', 10)).toBe(1);
    expect(await inbox.store(click)).toMatchObject({ duplicate: true });
  });

  it('of the ledger are counted by themselves', async () => {
    const tables = new DailyTables(store.dataSource);
    expect(await tables.drop('portal_request', 90)).toBe(0);
    await tables.prepare();
  });

  it('wait for another day while the tables are busy', async () => {
    const runner = store.dataSource.createQueryRunner();
    await store.sql.rows(`SELECT create_day_partition('portal_event', current_date - 60)`);
    await runner.query('BEGIN');
    await runner.query('LOCK TABLE call IN ROW EXCLUSIVE MODE');
    const busy = new DailyTables(store.dataSource).drop('portal_event', 30);
    expect(await refusalOf(busy)).toMatchObject({ kind: 'unavailable' });
    await runner.query('ROLLBACK');
    await runner.release();
    expect(await new DailyTables(store.dataSource).drop('portal_event', 30)).toBe(1);
  });
});
