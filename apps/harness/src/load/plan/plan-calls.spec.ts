import fc from 'fast-check';
import { CALL_KINDS, interleave, readMix } from './mix';
import { SHIPPED_OFFICE, userOf, WIDE_OFFICE } from './office';
import { planCalls, type LoadOrder } from './plan-calls';

const MIX = readMix('inbound=70,outbound=20,queue=10');
const order = (cps: number, seconds: number, seed = 1): LoadOrder => ({ cps, seconds, mix: MIX, seed });

describe('the mix', () => {
  it('is shares of weights; a kind that is not named does not happen', () => {
    expect(MIX).toEqual({ inbound: 0.7, outbound: 0.2, queue: 0.1 });
    expect(readMix('queue=3')).toEqual({ inbound: 0, outbound: 0, queue: 1 });
  });

  it.each(['inbound', 'inbound=', 'internal=5', 'inbound=-1', '', 'inbound=1;queue=1'])(
    '"%s" is refused with an example',
    (text) => expect(() => readMix(text)).toThrow('such as inbound=70,outbound=20,queue=10'),
  );

  it('without any weight is refused', () => {
    expect(() => readMix('inbound=0')).toThrow('one weight has to be above 0');
  });

  it('holds in every stretch: no kind is ever more than one call away from its share', () => {
    const weight = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.tuple(weight, weight, weight), fc.integer({ min: 1, max: 300 }), (weights, count) => {
        fc.pre(weights.some((one) => one > 0));
        const mix = readMix(CALL_KINDS.map((kind, index) => `${kind}=${weights[index]}`).join(','));
        const kinds = interleave(mix, count);
        for (const kind of CALL_KINDS) {
          const happened = kinds.filter((one) => one === kind).length;
          expect(Math.abs(happened - mix[kind] * count)).toBeLessThan(2);
          if (mix[kind] === 0) expect(happened).toBe(0);
        }
      }),
    );
  });
});

describe('the plan', () => {
  it('has a call in each slot, at a steady rate', () => {
    const plan = planCalls(order(4, 2.5), WIDE_OFFICE);
    expect(plan.map(({ atMs }) => atMs)).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000, 2250]);
  });

  it('is the same for the same seed, and another for another', () => {
    const plan = planCalls(order(10, 10), WIDE_OFFICE);
    expect(planCalls(order(10, 10), WIDE_OFFICE)).toEqual(plan);
    expect(planCalls(order(10, 10, 2), WIDE_OFFICE)).not.toEqual(plan);
  });

  it.each([WIDE_OFFICE, SHIPPED_OFFICE])('knows who rings and who takes part', (office) => {
    const plan = planCalls(order(20, 15), office);
    for (const { kind, fate, from, to, client, rings, employee, talkMs } of plan) {
      expect(client).toMatch(/^79[123]\d\d{7}$/);
      expect([from, to]).toContain(client);
      expect(talkMs > 0).toBe(fate === 'answered');
      if (kind === 'outbound') expect([from, rings]).toEqual([employee, []]);
      if (kind === 'inbound') expect(rings).toEqual([employee]);
      if (kind === 'queue') expect(rings).toEqual(office.group.members);
      if (employee !== undefined) expect(userOf(office, employee)).toBeGreaterThan(10);
    }
    expect(new Set(plan.map(({ fate }) => fate))).toEqual(new Set(['answered', 'busy', 'unanswered']));
    expect(new Set(plan.map(({ client }) => client)).size).toBe(plan.length);
  });

  it('tells sipp by the number who answers', () => {
    for (const { kind, fate, client, employee } of planCalls(order(20, 15), WIDE_OFFICE)) {
      expect(client[2]).toBe({ answered: '1', busy: '2', unanswered: '3' }[fate]);
      if (kind === 'queue' && fate === 'answered') expect(client[3]).toBe(employee?.at(-1));
    }
  });
});
