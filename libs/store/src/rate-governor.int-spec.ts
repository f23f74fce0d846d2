import { createTestDatabase } from '@app/testkit';
import { PortalStore } from './portals/portal.store';
import { RateGovernor, type StepClass } from './rate-governor';
import { refusalOf } from './testing/refusal-of';
import {
  GLOBEX,
  openTestStore,
  seedSwitchAndPortal,
  TEST_SECRETS,
  type TestStore,
} from './testing/test-store';

const NOW = Date.UTC(2026, 10, 20, 12);

let store: TestStore;
let acme: string;
let governor: RateGovernor;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  acme = await seedSwitchAndPortal(store.dataSource);
  governor = new RateGovernor(store.dataSource, { clock: 'given' });
});

afterAll(() => store.close());

const reserve = (stepClass: StepClass, now = NOW, egress = 'here') =>
  governor.reserve(acme, egress, stepClass, now);

/** Reserves until it is refused; gives how many were granted. */
async function fill(stepClass: StepClass, now = NOW, egress = 'here'): Promise<number> {
  let granted = 0;
  while ((await reserve(stepClass, now, egress)).granted) granted++;
  return granted;
}

describe('the bucket of a portal', () => {
  it.each([
    ['live-card', 48],
    ['finish', 40],
    ['recording', 30],
    ['backfill', 20],
    ['directory', 15],
  ] as const)('holds of the class %s no more than %d at once', async (stepClass, most) => {
    expect(await fill(stepClass)).toBe(most);
  });

  it('has room for what is more urgent when it is full for the rest', async () => {
    expect(await fill('backfill')).toBe(20);
    expect(await fill('recording')).toBe(10);
    expect(await fill('finish')).toBe(10);
    expect(await fill('live-card')).toBe(8);
    expect(await fill('directory')).toBe(0);
  });

  it('drains two in a second', async () => {
    await fill('live-card');
    expect(await fill('live-card', NOW + 499)).toBe(0);
    expect(await fill('live-card', NOW + 500)).toBe(1);
    expect(await fill('live-card', NOW + 10_500)).toBe(20);
  });

  it('is empty after a long silence, and no emptier', async () => {
    await fill('live-card');
    expect(await fill('live-card', NOW + 3_600_000)).toBe(48);
  });

  it('is not filled by a clock that is set back', async () => {
    await fill('finish');
    expect(await reserve('finish', NOW - 3_600_000)).toMatchObject({ granted: false });
    expect(await fill('finish', NOW + 500)).toBe(1);
  });

  it('is larger and drains faster on an Enterprise plan', async () => {
    await new PortalStore(store.dataSource, TEST_SECRETS).setRateLimit(acme, {
      capacity: 250,
      drainPerSecond: 5,
    });
    expect(await fill('live-card')).toBe(248);
    expect(await fill('live-card', NOW + 1000)).toBe(5);
  });

  it('is one of many: each portal has its own, and each address we send from', async () => {
    const globex = await seedSwitchAndPortal(store.dataSource, GLOBEX);
    await fill('live-card');
    expect(await reserve('live-card', NOW, 'elsewhere')).toEqual({ granted: true });
    expect(await governor.reserve(globex, 'here', 'live-card', NOW)).toEqual({ granted: true });
  });

  it('is never overfilled, however many workers ask at the same time', async () => {
    const others = new RateGovernor(store.dataSource);
    const answers = await Promise.all(
      Array.from({ length: 120 }, () => others.reserve(acme, 'here', 'directory', NOW)),
    );
    const granted = answers.filter((answer) => answer.granted).length;
    const [row] = (await store.sql.rows('SELECT level FROM portal_rate')) as { level: number }[];
    // A little drains while they ask.
    expect(granted).toBeGreaterThanOrEqual(15);
    expect(granted).toBeLessThan(25);
    expect(row?.level).toBeLessThanOrEqual(15);
  });
});

describe('who is refused', () => {
  it('is told when there is room for him, and there is', async () => {
    await fill('finish');
    await fill('live-card');
    const answer = await reserve('recording');
    // From 48 down to 29: 19 requests at 2 per second.
    expect(answer).toEqual({ granted: false, retryAt: NOW + 9_500 });
    expect(await reserve('recording', NOW + 9_499)).toMatchObject({ granted: false });
    expect(await reserve('recording', NOW + 9_500)).toEqual({ granted: true });
  });

  it('comes back alone: each is told another time, one drain apart', async () => {
    const asked: number[] = [];
    await fill('backfill'); // its last one was told to come in 0.5 s
    for (let n = 0; n < 4; n++) {
      const answer = await reserve('backfill');
      if (!answer.granted) asked.push(answer.retryAt - NOW);
    }
    expect(asked).toEqual([1_000, 1_500, 2_000, 2_500]);
    for (const wait of [500, ...asked])
      expect(await reserve('backfill', NOW + wait)).toEqual({ granted: true });
  });

  it('does not wait behind those of another class', async () => {
    await fill('backfill');
    for (let n = 0; n < 50; n++) await reserve('backfill');
    await fill('live-card');
    expect(await reserve('live-card')).toEqual({ granted: false, retryAt: NOW + 1_000 });
  });

  it('waits five minutes behind others at most', async () => {
    await fill('directory');
    await store.sql.rows(`UPDATE portal_rate SET promised = '{"directory": "2027-01-01T00:00:00Z"}'`);
    expect(await reserve('directory')).toEqual({ granted: false, retryAt: NOW + 500 + 300_000 });
  });
});

describe('a portal that refused a request for its rate', () => {
  it('has a full bucket: nobody sends until it has drained', async () => {
    const retryAt = await governor.penalise(acme, 'here', NOW);
    expect(retryAt).toBe(NOW + 1_500);
    expect(await reserve('live-card', NOW + 1_499)).toMatchObject({ granted: false });
    expect(await reserve('live-card', NOW + 1_500)).toEqual({ granted: true });
    expect(await reserve('finish', NOW + 1_500)).toMatchObject({ granted: false, retryAt: NOW + 6_000 });
  });

  it('has no fuller bucket when it refuses several at once', async () => {
    await Promise.all([1, 2, 3].map(() => governor.penalise(acme, 'here', NOW)));
    expect(await reserve('live-card', NOW + 1_500)).toEqual({ granted: true });
  });
});

describe('the clock', () => {
  it('is the database’s; answers are in the caller’s time', async () => {
    const wrongClock = Date.UTC(2000, 0, 1);
    const worker = new RateGovernor(store.dataSource);
    for (let n = 0; n < 15; n++) await worker.reserve(acme, 'here', 'directory', wrongClock);
    const answer = await worker.reserve(acme, 'here', 'directory', wrongClock);
    const retryAt = answer.granted ? Number.NaN : answer.retryAt;
    expect(retryAt).toBeGreaterThan(wrongClock);
    expect(retryAt).toBeLessThanOrEqual(wrongClock + 500);
    expect(Number.isInteger(retryAt)).toBe(true);
    const [row] = await store.sql.rows(
      "SELECT level_at > now() - interval '1 minute' AS fresh FROM portal_rate",
    );
    expect(row).toEqual({ fresh: true });
  });
});

describe('what can not be reserved', () => {
  it('is a class that nobody knows, or a portal that is not there', async () => {
    expect(await refusalOf(reserve('bulk' as StepClass))).toMatchObject({ kind: 'bad-row' });
    const nobody = '00000000-0000-0000-0000-000000000000';
    await expect(governor.reserve(nobody, 'here', 'finish', NOW)).rejects.toMatchObject({
      name: 'StoreError',
    });
    await expect(governor.penalise(nobody, 'here', NOW)).rejects.toMatchObject({ name: 'StoreError' });
  });
});
