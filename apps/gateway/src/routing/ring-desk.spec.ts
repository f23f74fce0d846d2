import type { RoutePlan } from '@app/calls';
import { RingDesk, type RoutedCaller } from './ring-desk';
import { callOf, ended, legOf } from './testing/calls';

const PLAN: RoutePlan = {
  strategy: 'sequential',
  members: ['1001', '1002', '1003'].map((extension) => ({ extension })),
  queue: 'simultaneous',
  seconds: { step: 5, together: 20, responsible: 15, forward: 30, total: 60, wait: 30 },
  whenClosed: { kind: 'fallback' },
  whenBusy: { kind: 'fallback' },
  whenUnanswered: { kind: 'fallback' },
};

function caller(callId: string, difference: Partial<RoutedCaller> = {}): RoutedCaller {
  return {
    callId,
    line: 'sales',
    plan: PLAN,
    domain: 'pbx.internal',
    cameAt: 0,
    rings: [],
    waitedSeconds: 0,
    ...difference,
  };
}

/** Everybody has a phone, but who is named. */
function deskWithout(...away: readonly string[]): RingDesk {
  const api = (_command: string, args = '') => {
    const [, extension = '', perPhone = ''] = /^\*\/(\d+)@[^/]+\/(.*)$/.exec(args) ?? [];
    return Promise.resolve(
      away.includes(extension)
        ? 'error/user_not_registered'
        : `${perPhone}sofia/internal/sip:${extension}@10.0.0.7`,
    );
  };
  return new RingDesk({ api }, { commandMs: 1_000, now: () => 0 });
}

const rung = async (desk: RingDesk, one: RoutedCaller): Promise<readonly string[] | string> => {
  const { decision } = await desk.decide(one);
  if (decision.step !== 'ring' || decision.target.kind !== 'agents') return decision.step;
  return decision.target.extensions;
};

describe('RingDesk', () => {
  it('never rings one person for two callers, however many come at once', async () => {
    const desk = deskWithout();
    const all = await Promise.all(['a', 'b', 'c', 'd'].map((callId) => rung(desk, caller(callId))));
    expect(all).toEqual([['1001'], ['1002'], ['1003'], 'wait']);
  });

  it('passes over who has no phone, and who is in a call of any kind', async () => {
    const desk = deskWithout('1002');
    desk.see([callOf('elsewhere', [legOf('1001')])]);
    expect(await rung(desk, caller('a'))).toEqual(['1003']);
  });

  it('lets the own legs of a call not count: who has just stopped ringing for it may ring for it again', async () => {
    const desk = deskWithout('1002', '1003');
    desk.see([callOf('a', [legOf('1001', { answered: undefined })])]);
    expect(await rung(desk, caller('a'))).toEqual(['1001']);
    expect(await rung(desk, caller('b'))).toBe('wait');
  });

  it('keeps who has answered reserved until his leg says that he talks', async () => {
    const desk = deskWithout('1002', '1003');
    await desk.decide(caller('a'));
    desk.answered('a');
    expect(await rung(desk, caller('b'))).toBe('wait');
    const talk = callOf('a', [legOf('1001')]);
    desk.see([talk]);
    expect(await rung(desk, caller('b'))).toBe('wait');
    desk.see([{ ...talk, legs: talk.legs.map((leg) => ended(leg)) }]);
    expect(await rung(desk, caller('b'))).toEqual(['1001']);
  });

  it('wakes who waits as soon as somebody comes free, also when that was while it was decided that he waits', async () => {
    const desk = deskWithout('1002', '1003');
    const { signal } = new AbortController();
    await desk.decide(caller('a'));
    const { count } = await desk.decide(caller('b'));
    const waits = desk.waiting.join('b', 'sales', { ms: 60_000, count, signal });
    desk.ringOver('a');
    await waits;
    await desk.decide(caller('a'));
    const before = (await desk.decide(caller('b'))).count;
    desk.ringOver('a');
    await desk.waiting.join('b', 'sales', { ms: 60_000, count: before, signal });
    expect(await rung(desk, caller('b'))).toEqual(['1001']);
  });

  it('tells callers of a line their places, and lets nobody wait who has hung up', async () => {
    const desk = deskWithout();
    const gone = new AbortController();
    const join = (callId: string, line: string) =>
      desk.waiting.join(callId, line, { ms: 60_000, count: desk.waiting.count, signal: gone.signal });
    const all = [join('a', 'sales'), join('b', 'support'), join('c', 'sales')];
    expect(['a', 'b', 'c', 'd'].map((callId) => desk.waiting.placeOf(callId, 'sales'))).toEqual([1, 3, 2, 3]);
    desk.waiting.leave('a');
    expect(desk.waiting.placeOf('c', 'sales')).toBe(1);
    gone.abort();
    await Promise.all(all);
  });

  it('begins behind who rang last for the caller before', async () => {
    const desk = deskWithout();
    const plan: RoutePlan = { ...PLAN, strategy: 'round-robin' };
    for (const [index, callId] of ['a', 'b', 'c', 'd'].entries()) {
      expect(await rung(desk, caller(callId, { plan }))).toEqual([PLAN.members[index % 3]?.extension]);
      desk.ringOver(callId);
    }
  });

  it('goes on where the gateway before was, line by line', async () => {
    const desk = deskWithout();
    desk.goOnFrom({
      idle: [
        { extension: '1001', since: 9_000 },
        { extension: '1003', since: 5_000 },
        { extension: '1002', since: 7_000 },
      ],
      lastRung: [
        { portalId: 'acme', did: '74950000001', extension: '1001' },
        { portalId: 'globex', did: '74950000002', extension: '1003' },
      ],
    });
    const first = (line: string, strategy: RoutePlan['strategy']) =>
      rung(desk, caller(line, { line, plan: { ...PLAN, strategy } }));
    expect(await first('acme 74950000001', 'round-robin')).toEqual(['1002']);
    expect(await first('globex 74950000002', 'round-robin')).toEqual(['1001']);
    for (const one of ['acme 74950000001', 'globex 74950000002']) desk.ringOver(one);
    expect(await first('acme 74950000003', 'longest-idle')).toEqual(['1003']);
  });
});
