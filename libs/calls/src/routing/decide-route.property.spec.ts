import fc from 'fast-check';
import { someLine } from '../testing/lines';
import type { Agent, AgentState } from './agent';
import { decideRoute, type PastRing } from './decide-route';
import { STRATEGIES } from './registry';
import type { QueueStrategy, RoutePlan, StrategyName } from './route-plan';

const EXTENSIONS = ['1001', '1002', '1003', '1004', '1005'];
const STATES: readonly AgentState[] = ['free', 'busy', 'away', 'off-duty'];
const NAMES = Object.keys(STRATEGIES) as StrategyName[];
const QUEUES: readonly QueueStrategy[] = ['simultaneous', 'sequential', 'longest-idle', 'round-robin'];

const seconds = fc.integer({ min: 1, max: 30 });
const plans = fc
  .record({
    strategy: fc.constantFrom(...NAMES),
    queue: fc.constantFrom(...QUEUES),
    members: fc
      .uniqueArray(fc.constantFrom(...EXTENSIONS))
      .map((all) => all.map((extension) => ({ extension }))),
    seconds: fc.record({
      step: seconds,
      together: seconds,
      responsible: seconds,
      forward: seconds,
      total: fc.integer({ min: 1, max: 60 }),
      wait: fc.integer({ min: 0, max: 60 }),
    }),
  })
  .map((parts): RoutePlan => someLine({ ...parts, forwardTo: '+79161111111' }));

/** What everybody does at each look, and how much of a ring passes before it ends. */
const moves = fc.infiniteStream(
  fc.record({
    states: fc.array(fc.constantFrom(...STATES), { minLength: 6, maxLength: 6 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    refusing: fc.constantFrom(...EXTENSIONS, 'nobody'),
  }),
);

/** The state of an agent at a look; the responsible one is the last. */
function agentsOf(extensions: readonly string[], states: readonly AgentState[]): Agent[] {
  return extensions.map((extension) => ({
    extension,
    state: states[EXTENSIONS.indexOf(extension)] ?? states[5] ?? 'free',
  }));
}

describe('whatever people do while a caller is routed', () => {
  it('only who is free rings, nobody twice at once, not longer than the line says, and it comes to an end', () => {
    fc.assert(
      fc.property(plans, moves, fc.constantFrom('1005', '1009', undefined), (plan, stream, manager) => {
        const rings: PastRing[] = [];
        let waitedSeconds = 0;
        const most = plan.seconds.total + plan.seconds.wait + 2;
        let looks = 0;
        for (const { states, share, refusing } of stream) {
          expect((looks += 1)).toBeLessThanOrEqual(most);
          const agents = agentsOf(
            plan.members.map(({ extension }) => extension),
            states,
          );
          const [responsible] = manager === undefined ? [] : agentsOf([manager], states);
          const decision = decideRoute(plan, {
            cameAt: 0,
            agents,
            rings,
            waitedSeconds,
            ...(responsible && { responsible }),
          });
          if (decision.step === 'leave') break;
          if (decision.step === 'wait') {
            expect(decision.seconds).toBeGreaterThan(0);
            waitedSeconds += Math.max(1, share * decision.seconds);
            continue;
          }
          const { target } = decision;
          const rung = target.kind === 'agents' ? target.extensions : [];
          const free = [...agents, ...(responsible ? [responsible] : [])].filter(
            ({ state }) => state === 'free',
          );
          expect(free.map(({ extension }) => extension)).toEqual(expect.arrayContaining([...rung]));
          expect(new Set(rung).size).toBe(rung.length);
          expect(rings.flatMap(({ refusedBy }) => refusedBy).filter((one) => rung.includes(one))).toEqual([]);
          const past = rings.reduce((sum, ring) => sum + ring.seconds, 0);
          expect(decision.seconds).toBeGreaterThanOrEqual(1);
          expect(past + decision.seconds).toBeLessThanOrEqual(plan.seconds.total);
          rings.push({
            target,
            why: decision.why,
            seconds: Math.max(1, Math.floor(share * decision.seconds)),
            refusedBy: rung.filter((one) => one === refusing),
          });
        }
      }),
    );
  });
});
