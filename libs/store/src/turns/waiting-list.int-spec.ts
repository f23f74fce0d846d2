import { createTestDatabase } from '@app/testkit';
import { CallStore } from '../calls/call.store';
import { PortalCallStore } from '../portal-calls/portal-call.store';
import { PortalStore } from '../portals/portal.store';
import { PORTAL_DEFAULTS } from '../testing/portal-defaults';
import { ringingCall } from '../testing/some-call';
import { openTestStore, seedSwitchAndPortal, TEST_SECRETS, type TestStore } from '../testing/test-store';
import { RateGovernor } from './rate-governor';
import type { StepClass } from './step-class';
import { WaitingList, type AskedTurn } from './waiting-list';

const NOW = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;
const RED = { kind: 'access-denied', reason: 'install it again', cure: 'Install it.' };
const CALLS = Array.from({ length: 60 }, (_, n) => `c${n}`);

let store: TestStore;
let acme: string;
let list: WaitingList;
let governor: RateGovernor;
let portals: PortalStore;
let portalCalls: PortalCallStore;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

beforeEach(async () => {
  await store.clear();
  acme = await seedSwitchAndPortal(store.dataSource);
  await new CallStore(store.dataSource).commit(
    CALLS.map((callId) => ({ call: ringingCall(callId), events: [] })),
  );
  list = new WaitingList(store.dataSource, { clock: 'given' });
  governor = new RateGovernor(store.dataSource, { clock: 'given' });
  portals = new PortalStore(store.dataSource, TEST_SECRETS);
  portalCalls = new PortalCallStore(store.dataSource, PORTAL_DEFAULTS, TEST_SECRETS);
});

afterAll(() => store.close());

const METHODS = {
  'live-card': 'telephony.externalCall.show',
  finish: 'telephony.externalCall.finish',
  recording: 'telephony.externalCall.attachRecord',
  backfill: 'telephony.externalCall.register',
  directory: 'user.get',
} as const;

const ask = (callId: string, stepClass: StepClass, now = NOW, changes: Partial<AskedTurn> = {}) =>
  list.ask(
    {
      ...{ callId, stepClass, portalId: acme, egress: 'here', method: METHODS[stepClass] },
      ...{ uploads: 0, hasPlace: true, ...changes },
    },
    now,
  );

const take = (
  now = NOW,
  {
    leastUrgent = 'directory',
    most = 50,
    mostUploads = 5,
  }: { leastUrgent?: StepClass; most?: number; mostUploads?: number } = {},
) => list.take(acme, 'here', { leastUrgent, most, mostUploads }, now);

/** Has steps wait for want of a place, each a millisecond after the one before. */
async function wait(stepClass: StepClass, callIds: readonly string[], from = NOW): Promise<void> {
  for (const [index, callId] of callIds.entries())
    await ask(callId, stepClass, from + index, { hasPlace: false });
}

/** Fills the bucket for a class: so many requests are on their way. */
const fill = (level: number, now = NOW) => governor.count(acme, 'here', level, now);

async function taken(now: number, options: Parameters<typeof take>[1] = {}): Promise<string[]> {
  const turn = await take(now, options);
  return turn.kind === 'taken' ? turn.steps.map(({ callId }) => callId) : [turn.kind];
}

const waiting = async (now = NOW + 1000) => {
  const statement = 'SELECT call_id FROM waiting_step WHERE ready_at <= $1 ORDER BY ready_at';
  const rows = (await store.sql.rows(statement, [new Date(now)])) as { call_id: string }[];
  return rows.map((row) => row.call_id);
};

describe('who asks for a turn', () => {
  it('gets it at once when nobody waits and there is room; turns are counted', async () => {
    expect(await ask('c0', 'live-card')).toEqual({ kind: 'granted', turn: 1, readyAt: NOW, isProbe: false });
    expect(await ask('c1', 'backfill', NOW + 1)).toMatchObject({ kind: 'granted', turn: 2 });
    expect(await waiting()).toEqual([]);
  });

  it.each([
    ['live-card', 48],
    ['finish', 40],
    ['recording', 30],
    ['backfill', 20],
  ] as const)('finds room of the class %s up to %d', async (stepClass, most) => {
    await fill(most - 1);
    expect(await ask('c0', stepClass)).toMatchObject({ kind: 'granted' });
    expect(await ask('c1', stepClass)).toEqual({ kind: 'listed', isFirst: true });
    expect(await ask('c2', stepClass, NOW + 1)).toEqual({ kind: 'listed', isFirst: false });
  });

  it('waits when he has no place, whatever room there is', async () => {
    expect(await ask('c0', 'live-card', NOW, { hasPlace: false })).toEqual({ kind: 'listed', isFirst: true });
    expect(await ask('c0', 'live-card', NOW + 40)).toMatchObject({ kind: 'granted', readyAt: NOW });
  });

  it('waits behind the more urgent, and behind his own class', async () => {
    await wait('finish', ['c0']);
    expect(await ask('c1', 'backfill', NOW + 1)).toEqual({ kind: 'listed', isFirst: false });
    expect(await ask('c2', 'finish', NOW + 2)).toEqual({ kind: 'listed', isFirst: false });
    expect(await ask('c3', 'live-card', NOW + 3)).toMatchObject({ kind: 'granted' });
    expect(await ask('c0', 'finish', NOW + 4)).toMatchObject({ kind: 'granted', readyAt: NOW });
  });

  it('keeps his place when he asks again, and gets a new one for another kind of step', async () => {
    await wait('finish', ['c0', 'c1']);
    await ask('c0', 'finish', NOW + 500, { hasPlace: false });
    expect(await waiting()).toEqual(['c0', 'c1']);
    await ask('c0', 'recording', NOW + 600, { hasPlace: false });
    expect(await waiting()).toEqual(['c1', 'c0']);
  });

  it('pays at once for an upload that follows', async () => {
    await fill(28);
    expect(await ask('c0', 'recording', NOW, { uploads: 1 })).toMatchObject({ kind: 'granted' });
    expect(await ask('c1', 'recording', NOW)).toMatchObject({ kind: 'listed' });
  });

  it('does not wait any more when his call is noted down as synchronised', async () => {
    await wait('live-card', ['c0', 'c1']);
    await portalCalls.markSynced({ callId: 'c0', version: 1, settled: false });
    expect(await waiting()).toEqual(['c1']);
  });
});

describe('the sweeper', () => {
  it('leaves those alone who wait for a turn', async () => {
    await wait('backfill', CALLS.slice(1));
    expect(await portalCalls.callsDue(NOW, 100)).toEqual(['c0']);
    expect(await list.portals()).toEqual([acme]);
  });
});

describe('the next turn', () => {
  it('is for the most urgent, then for who was ready first; the others ride along', async () => {
    await wait('backfill', ['c0', 'c1']);
    await wait('finish', ['c2', 'c3'], NOW + 10);
    await ask('c4', 'recording', NOW + 20, { hasPlace: false, uploads: 1 });
    const turn = await take(NOW + 30);
    expect(turn).toMatchObject({ kind: 'taken', turn: 1, stepClass: 'finish' });
    expect(turn.kind === 'taken' && turn.steps).toEqual([
      { callId: 'c2', stepClass: 'finish', uploads: 0, readyAt: NOW + 10 },
      { callId: 'c3', stepClass: 'finish', uploads: 0, readyAt: NOW + 11 },
      { callId: 'c4', stepClass: 'recording', uploads: 1, readyAt: NOW + 20 },
      { callId: 'c0', stepClass: 'backfill', uploads: 0, readyAt: NOW },
      { callId: 'c1', stepClass: 'backfill', uploads: 0, readyAt: NOW + 1 },
    ]);
    expect(await waiting()).toEqual([]);
  });

  it('is for cards alone when cards wait: a long batch would delay them', async () => {
    await wait('finish', ['c0']);
    await wait('live-card', ['c1', 'c2']);
    expect(await taken(NOW + 10)).toEqual(['c1', 'c2']);
    expect(await taken(NOW + 10)).toEqual(['c0']);
  });

  it('counts as one request, however many ride along', async () => {
    await wait('backfill', CALLS);
    expect(await taken(NOW + 100)).toHaveLength(50);
    expect(await taken(NOW + 100)).toHaveLength(10);
    await fill(17, NOW + 100);
    expect(await ask('c0', 'backfill', NOW + 100)).toMatchObject({ kind: 'granted' });
    expect(await ask('c1', 'backfill', NOW + 100)).toMatchObject({ kind: 'listed' });
  });

  it('is one recording’s alone when it carries its file as text, and nobody less urgent goes before it', async () => {
    await wait('recording', ['c0', 'c1']);
    await wait('backfill', ['c2']);
    await wait('finish', ['c3'], NOW + 10);
    const order = [
      await taken(NOW + 20),
      await taken(NOW + 20),
      await taken(NOW + 20),
      await taken(NOW + 20),
    ];
    expect(order).toEqual([['c3'], ['c0'], ['c1'], ['c2']]);
  });

  it('waits for room, and says how long', async () => {
    await fill(20);
    await wait('backfill', ['c0']);
    expect(await take(NOW)).toEqual({ kind: 'no-room', until: NOW + 500 });
    expect(await take(NOW + 500)).toMatchObject({ kind: 'taken' });
  });

  it('waits for the uploads that its batch brings along, and takes no more of them than told', async () => {
    for (const callId of ['c0', 'c1', 'c2', 'c3'])
      await ask(callId, 'recording', NOW, { hasPlace: false, uploads: 1 });
    await wait('backfill', ['c4']);
    await fill(28);
    // 1 + 3 uploads fit below 30 when 2 have drained.
    expect(await take(NOW, { mostUploads: 3 })).toEqual({ kind: 'no-room', until: NOW + 1000 });
    expect(await taken(NOW + 1000, { mostUploads: 3 })).toEqual(['c0', 'c1', 'c2', 'c4']);
    expect(await waiting()).toEqual(['c3']);
  });

  it('is nobody’s when the first needs a place that only cards may take', async () => {
    await wait('finish', ['c0']);
    expect(await take(NOW, { leastUrgent: 'live-card' })).toEqual({ kind: 'no-place' });
    await wait('live-card', ['c1']);
    expect(await taken(NOW, { leastUrgent: 'live-card' })).toEqual(['c1']);
  });

  it('is not for those who are put aside, and these are in nobody’s way', async () => {
    const aside = { callId: 'c0', stepClass: 'live-card', uploads: 0 } as const;
    await list.add(acme, 'here', [{ ...aside, asideMs: 200 }], NOW);
    expect(await take(NOW)).toEqual({ kind: 'nobody', until: NOW + 200 });
    expect(await ask('c1', 'backfill', NOW)).toMatchObject({ kind: 'granted' });
    expect(await taken(NOW + 200)).toEqual(['c0']);
    await portalCalls.markSynced({ callId: 'c0', version: 1, settled: false });
    expect(await take(NOW + 200)).toEqual({ kind: 'nobody' });
  });

  it('has those whom it was for in somebody’s hands: nobody else gets them, and the sweeper leaves them alone', async () => {
    await wait('finish', ['c0']);
    await take(NOW + 10);
    expect(await take(NOW + 10_000)).toMatchObject({ kind: 'nobody', until: NOW + 30_010 });
    expect(await portalCalls.callsDue(NOW, 100)).not.toContain('c0');
  });

  it('comes again for those whose taker died over it', async () => {
    await wait('finish', ['c0']);
    await take(NOW + 10);
    expect(await taken(NOW + 30_010)).toEqual(['c0']);
  });

  it('is over for those who turn out to be of another portal', async () => {
    await wait('finish', ['c0', 'c1']);
    await list.drop(acme, ['c0']);
    expect(await waiting()).toEqual(['c1']);
  });

  it('is as early as before for who is put back', async () => {
    await wait('finish', ['c0', 'c1']);
    await take(NOW + 10);
    await wait('finish', ['c2'], NOW + 20);
    const back = ['c1', 'c0'].map((callId, n) => ({
      ...{ callId, stepClass: 'finish' as const, uploads: 0 as const },
      readyAt: NOW + 1 - n,
    }));
    await list.add(acme, 'here', [...back, { ...back[0]!, callId: 'gone' }], NOW + 30);
    expect(await waiting()).toEqual(['c0', 'c1', 'c2']);
  });
});

describe('a portal that takes nothing', () => {
  it('because it is red: nobody is granted anything, and nobody waits for a turn', async () => {
    await wait('finish', ['c0', 'c1']);
    await portals.markRed(acme, RED);
    const closed = { kind: 'closed', why: 'red', reason: 'install it again' };
    expect(await take()).toEqual(closed);
    expect(await ask('c2', 'live-card')).toEqual(closed);
    expect(await list.park(acme, NOW + HOUR, 'install it again')).toBe(2);
    expect(await waiting()).toEqual([]);
    expect(await portalCalls.callsDue(NOW, 100)).not.toContain('c0');
    expect(await portalCalls.callsDue(NOW + HOUR, 100)).toContain('c0');
    await portals.markOk(acme);
    expect(await portalCalls.callsDue(Date.now() + 1000, 100)).toEqual(expect.arrayContaining(['c0', 'c1']));
  });

  it('that works again by the time its steps are to be parked lets them wait for their turns', async () => {
    await wait('finish', ['c0']);
    await portals.markRed(acme, RED);
    expect(await take()).toMatchObject({ kind: 'closed' });
    await portals.markOk(acme);
    expect(await list.park(acme, NOW + HOUR, 'install it again')).toBe(0);
    expect(await waiting()).toEqual(['c0']);
  });

  it('because the vendor blocks it: one request an hour finds out whether it still does', async () => {
    await ask('c0', 'finish');
    await governor.block(acme, 'here', HOUR, NOW);
    expect(await ask('c1', 'live-card', NOW + 1)).toMatchObject({
      ...{ kind: 'closed', why: 'blocked', until: NOW + HOUR },
    });
    expect(await governor.reserve(acme, 'here', 'directory', NOW + 1)).toMatchObject({ granted: false });
    await wait('backfill', ['c2', 'c3'], NOW + 2);
    expect(await ask('c1', 'live-card', NOW + HOUR)).toMatchObject({ kind: 'granted', isProbe: true });
    expect(await ask('c4', 'live-card', NOW + HOUR)).toMatchObject({
      kind: 'closed',
      until: NOW + 2 * HOUR,
    });
    await governor.open(acme);
    expect(await ask('c4', 'live-card', NOW + HOUR)).toMatchObject({ kind: 'granted', isProbe: false });
  });

  it('lets a single step of those who wait try', async () => {
    await wait('backfill', ['c0', 'c1', 'c2']);
    await governor.block(acme, 'here', HOUR, NOW);
    expect(await take(NOW + 10)).toMatchObject({ kind: 'closed', why: 'blocked' });
    expect(await take(NOW + HOUR)).toMatchObject({ isProbe: true, steps: [{ callId: 'c0' }] });
  });

  it('wakes who waited for it when it is open again', async () => {
    await ask('c0', 'finish');
    const noted = { version: 1, settled: false, notBefore: Date.now() + HOUR };
    await portalCalls.markSynced(...CALLS.map((callId) => ({ ...noted, callId })));
    await governor.block(acme, 'here', HOUR, NOW);
    expect(await portalCalls.callsDue(Date.now(), 100)).toEqual([]);
    await governor.open(acme);
    expect(await portalCalls.callsDue(Date.now() + 1000, 100)).toHaveLength(CALLS.length);
  });
});

describe('the working time of a method', () => {
  const learn = (usedSeconds: number, resetMs = 60_000, now = NOW) =>
    governor.learn(acme, [{ method: METHODS.backfill, usedSeconds, resetMs }], now);

  it.each([
    ['backfill', 335, 336],
    ['finish', 431, 432],
    ['live-card', 455, 456],
  ] as const)('lets the class %s go on up to its share of 480 s', async (stepClass, enough, tooMuch) => {
    await learn(enough);
    const method = METHODS.backfill;
    expect(await ask('c0', stepClass, NOW, { method })).toMatchObject({ kind: 'granted' });
    await learn(tooMuch);
    expect(await ask('c0', stepClass, NOW, { method })).toEqual({
      kind: 'over-budget',
      until: NOW + 60_000,
    });
    expect(await ask('c0', stepClass, NOW + 60_000, { method })).toMatchObject({ kind: 'granted' });
  });

  it('that the portal blocks is blocked for all, to the end, whatever late answers say', async () => {
    const method = METHODS.backfill;
    await governor.learn(acme, [{ method, usedSeconds: 480, resetMs: 90_000, blocked: true }], NOW);
    await learn(470, 60_000);
    expect(await ask('c0', 'live-card', NOW, { method })).toMatchObject({ until: NOW + 90_000 });
    expect(await ask('c1', 'live-card', NOW)).toMatchObject({ kind: 'granted' });
  });

  it('is a setting', async () => {
    const small = new WaitingList(store.dataSource, { clock: 'given', operatingLimitSeconds: 10 });
    const smallGovernor = new RateGovernor(store.dataSource, { clock: 'given', operatingLimitSeconds: 10 });
    await smallGovernor.learn(acme, [{ method: 'user.get', usedSeconds: 6, resetMs: 1_000 }], NOW);
    const asked = { callId: 'c0', portalId: acme, egress: 'here', uploads: 0, hasPlace: true } as const;
    expect(await small.ask({ ...asked, stepClass: 'directory', method: 'user.get' }, NOW)).toMatchObject({
      kind: 'over-budget',
    });
  });

  it('is told for many at once', async () => {
    await learn(400);
    const asked = (['backfill', 'live-card', 'finish'] as const).map((stepClass) => ({
      stepClass,
      method: stepClass === 'finish' ? METHODS.finish : METHODS.backfill,
    }));
    expect(await governor.operatingWaits(acme, asked, NOW)).toEqual([NOW + 60_000, undefined, undefined]);
  });

  it('is not written down while it is far from the limit', async () => {
    await learn(100);
    expect(await store.sql.rows('SELECT * FROM portal_operating')).toEqual([]);
  });
});

describe('requests that belong to no call', () => {
  it('give way to all steps that wait', async () => {
    await wait('backfill', ['c0']);
    expect(await governor.reserve(acme, 'here', 'directory', NOW + 1)).toEqual({
      granted: false,
      retryAt: NOW + 501,
    });
    await take(NOW + 2);
    expect(await governor.reserve(acme, 'here', 'directory', NOW + 2)).toEqual({ granted: true });
  });
});

describe('many workers', () => {
  interface Sent {
    readonly turn: number;
    readonly stepClass: StepClass;
    readonly readyAt: number;
  }
  const CLASSES: readonly StepClass[] = ['live-card', 'finish', 'recording', 'backfill'];
  const isMoreUrgent = (one: Sent, other: Sent) =>
    CLASSES.indexOf(one.stepClass) < CLASSES.indexOf(other.stepClass);

  it('never let a step pass that was ready earlier and is more urgent', async () => {
    const lists = [1, 2, 3].map(() => new WaitingList(store.dataSource));
    const sent: Sent[] = [];
    await portals.setRateLimit(acme, { capacity: 12, drainPerSecond: 200 });
    const takeNext = async (worker: WaitingList): Promise<void> => {
      const options = { leastUrgent: 'directory', most: 3, mostUploads: 1 } as const;
      const turn = await worker.take(acme, 'here', options, Date.now());
      if (turn.kind === 'taken') sent.push(...turn.steps.map((step) => ({ ...step, turn: turn.turn })));
    };
    const work = async (worker: WaitingList, callId: string, n: number): Promise<void> => {
      const stepClass = CLASSES[n % 4]!;
      const given = { callId, portalId: acme, egress: 'here', stepClass, method: METHODS[stepClass] };
      const asked = await worker.ask({ ...given, uploads: 0, hasPlace: n % 5 !== 0 }, Date.now());
      if (asked.kind === 'granted') sent.push({ stepClass, ...asked });
      await takeNext(worker);
    };
    await Promise.all(CALLS.map((callId, n) => work(lists[n % 3]!, callId, n)));
    while (sent.length < CALLS.length) await takeNext(lists[0]!);

    const passed = sent.filter((low) =>
      sent.some(
        (high) => isMoreUrgent(high, low) && high.turn > low.turn && high.readyAt < Math.floor(low.readyAt),
      ),
    );
    expect(passed).toEqual([]);
    expect(new Set(sent.map(({ turn }) => turn)).size).toBeGreaterThan(10);
  });
});
