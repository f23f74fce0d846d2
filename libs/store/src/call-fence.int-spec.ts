import { createTestDatabase } from '@app/testkit';
import { Client } from 'pg';
import { CallFence } from './call-fence';
import { deferred } from './testing/deferred';
import { refusalOf } from './testing/refusal-of';
import { openTestStore, type TestStore } from './testing/test-store';

let store: TestStore;
let fences: CallFence[] = [];

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
});

afterEach(async () => {
  await Promise.all(fences.map((fence) => fence.close()));
  fences = [];
});

afterAll(() => store.close());

/** A fence of a process of its own. */
async function openFence(
  onLost: (error: Error) => void = () => undefined,
  applicationName = 'fence-spec',
): Promise<CallFence> {
  const fence = await CallFence.open(store.url, { onLost, applicationName });
  fences.push(fence);
  return fence;
}

/** Work that goes on until it is let go. */
function longWork() {
  const begun = deferred<undefined>();
  const end = deferred<undefined>();
  const work = async () => {
    begun.resolve(undefined);
    await end.promise;
    return 'done';
  };
  return { work, begun: begun.promise, letGo: () => end.resolve(undefined) };
}

it('asks its connection one thing at a time: pg 9 takes no statement while another is under way', async () => {
  const fence = await openFence();
  // Overloads of pg: the spy needs one of them.
  const client = Client.prototype as unknown as { query: (...args: unknown[]) => Promise<unknown> };
  const ask = client.query;
  let [open, most] = [0, 0];
  const spy = jest.spyOn(client, 'query').mockImplementation(async function (this: unknown, ...args) {
    most = Math.max(most, (open += 1));
    return ask.apply(this, args).finally(() => (open -= 1));
  });
  const calls = Array.from({ length: 5 }, (_, index) => `several-${index}`);
  const held = await Promise.all(calls.map((callId) => fence.hold(callId, () => Promise.resolve(callId))));
  spy.mockRestore();
  expect(held).toEqual(calls.map((value) => ({ held: true, value })));
  expect(most).toBe(1);
});

describe('a call', () => {
  it('is held while its work is done, and free after it', async () => {
    const [one, other] = [await openFence(), await openFence()];
    const { work, begun, letGo } = longWork();
    const first = one.hold('c1', work);
    await begun;
    const never = jest.fn();
    expect(await other.hold('c1', never)).toEqual({ held: false });
    letGo();
    expect(await first).toEqual({ held: true, value: 'done' });
    expect(never).not.toHaveBeenCalled();
    expect(await other.hold('c1', async () => Promise.resolve(2))).toEqual({ held: true, value: 2 });
  });

  it('is held once within a process too, where all share the connection', async () => {
    const fence = await openFence();
    const { work, begun, letGo } = longWork();
    const first = fence.hold('c1', work);
    await begun;
    expect(await fence.hold('c1', longWork().work)).toEqual({ held: false });
    letGo();
    await first;
    expect(await fence.hold('c1', async () => Promise.resolve('again'))).toEqual({
      held: true,
      value: 'again',
    });
  });

  it('does not stand in the way of another call', async () => {
    const fence = await openFence();
    const { work, begun, letGo } = longWork();
    const first = fence.hold('c1', work);
    await begun;
    expect(await fence.hold('c2', async () => Promise.resolve('other'))).toEqual({
      held: true,
      value: 'other',
    });
    letGo();
    await first;
  });

  it('is free after work that failed', async () => {
    const [one, other] = [await openFence(), await openFence()];
    await expect(one.hold('c1', () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
    expect(await other.hold('c1', async () => Promise.resolve('luck'))).toEqual({
      held: true,
      value: 'luck',
    });
  });

  it('can be held together with others, as far as they are free', async () => {
    const [one, other] = [await openFence(), await openFence()];
    const { work, begun, letGo } = longWork();
    const first = other.hold('c2', work);
    await begun;
    const inside = await one.holdAll(['c3', 'c2', 'c1'], async (held) => {
      expect(await one.hold('c1', () => Promise.resolve())).toEqual({ held: false });
      expect(await other.hold('c3', () => Promise.resolve())).toEqual({ held: false });
      return held;
    });
    expect(inside).toEqual(['c3', 'c1']);
    letGo();
    await first;
    expect(await other.holdAll(['c1', 'c2', 'c3'], (held) => Promise.resolve(held.length))).toBe(3);
  });

  it('is one worker’s at a time, whoever of many asks', async () => {
    const workers = await Promise.all([openFence(), openFence(), openFence()]);
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await store.sql.rows('SELECT 1');
      inside--;
    };
    const rounds = Array.from({ length: 30 }, (_, n) => workers[n % 3]!.hold('c1', work));
    const held = (await Promise.all(rounds)).filter((answer) => answer.held);
    expect(held.length).toBeGreaterThan(0);
    expect(most).toBe(1);
  });
});

describe('a worker that loses its connection', () => {
  const cut = (applicationName: string) =>
    store.sql.rows('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
      applicationName,
    ]);

  it('is told at once, and once; its calls are free for others', async () => {
    const lost = deferred<Error>();
    const onLost = jest.fn(lost.resolve);
    const [doomed, heir] = [await openFence(onLost, 'doomed'), await openFence()];
    const { work, begun, letGo } = longWork();
    const first = doomed.hold('c1', work);
    await begun;
    await cut('doomed');
    expect(await lost.promise).toBeInstanceOf(Error);
    expect(await heir.hold('c1', async () => Promise.resolve('inherited'))).toEqual({
      held: true,
      value: 'inherited',
    });

    letGo();
    expect(await first).toEqual({ held: true, value: 'done' });
    expect(await refusalOf(doomed.hold('c2', work))).toMatchObject({ kind: 'unavailable' });
    expect(onLost).toHaveBeenCalledTimes(1);
  });

  it('did not lose it when it closed it itself', async () => {
    const onLost = jest.fn();
    const fence = await CallFence.open(store.url, { onLost });
    await fence.close();
    expect(onLost).not.toHaveBeenCalled();
    expect(await refusalOf(fence.hold('c1', longWork().work))).toMatchObject({ kind: 'unavailable' });
  });

  it('notices when the database falls silent', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
    try {
      const lost = deferred<Error>();
      await openFence(lost.resolve);
      // Three beats without a turn of the event loop: no answer can come in between.
      jest.advanceTimersByTime(15_000);
      expect((await lost.promise).message).toContain('does not answer');
    } finally {
      jest.useRealTimers();
    }
  });

  it('can not begin without one', async () => {
    const nobody = store.url.replace(/:\d+\//, ':1/');
    expect(await refusalOf(CallFence.open(nobody, { onLost: () => undefined }))).toMatchObject({
      kind: 'unavailable',
    });
  });
});
