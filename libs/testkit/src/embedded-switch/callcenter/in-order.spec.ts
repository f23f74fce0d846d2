import { USUAL_AGENT, USUAL_QUEUE, type Strategy } from '../config';
import { Agents, type Agent, type Candidate } from './agents';
import { inOrder, type LastAsked } from './in-order';
import { TierRule } from './tier-rule';

/** Agents a, b, c on level 1 and d on level 2, in that order, with what is said of them. */
function candidates(about: Readonly<Record<string, Partial<Agent>>> = {}): readonly Candidate[] {
  const names = ['a', 'b', 'c', 'd'];
  const agents = new Agents(
    {
      originateSeconds: 60,
      queues: [{ ...USUAL_QUEUE, name: 'q' }],
      agents: names.map((name) => ({ ...USUAL_AGENT, name, contact: '' })),
      tiers: names.map((agent, index) => ({
        queue: 'q',
        agent,
        level: agent === 'd' ? 2 : 1,
        position: index + 1,
      })),
    },
    () => 0,
    () => undefined,
  );
  for (const [name, facts] of Object.entries(about)) Object.assign(agents.get(name)!, facts);
  return agents.of('q');
}

function asked(strategy: Strategy, who: readonly Candidate[], last?: LastAsked): string {
  return inOrder(strategy, who, last)
    .map(({ agent }) => agent.name)
    .join('');
}

describe('the order in which agents are asked', () => {
  it('is by level first, then as the strategy says', () => {
    const talked = { a: { lastBridgeEnd: 30 }, b: { lastBridgeEnd: 10 }, c: { lastBridgeEnd: 20 } };
    expect(asked('longest-idle-agent', candidates(talked))).toBe('bcad');
    expect(asked('agent-with-least-talk-time', candidates({ a: { talkSeconds: 5 } }))).toBe('bcad');
    expect(asked('agent-with-fewest-calls', candidates({ b: { callsAnswered: 1 } }))).toBe('acbd');
    expect(asked('sequentially-by-agent-order', candidates({ a: { lastOffered: 9 } }))).toBe('abcd');
    expect(asked('ring-all', candidates(talked))).toBe('abcd');
    expect(asked('random', candidates())).toMatch(/^(?!.*(.).*\1)[abc]{3}d$/);
  });

  it('round-robin goes on behind the one who was asked last, whoever called', () => {
    expect(asked('round-robin', candidates())).toBe('abcd');
    expect(asked('round-robin', candidates({ a: { lastOffered: 8 }, b: { lastOffered: 9 } }))).toBe('cabd');
    expect(asked('round-robin', candidates({ c: { lastOffered: 9 } }))).toBe('abcd');
  });

  it('top-down asks nobody twice before it has come to the end', () => {
    expect(asked('top-down', candidates())).toBe('abcd');
    expect(asked('top-down', candidates(), { level: 1, position: 2 })).toBe('cd');
    expect(asked('top-down', candidates(), { level: 2, position: 4 })).toBe('');
  });
});

describe('the next tier', () => {
  const rules = { areApplied: true, waitSeconds: 10, multipliesByLevel: false, skipsEmptyTiers: false };
  const levelsAsked = (
    changes: Partial<typeof rules>,
    waited: number,
    levels: readonly number[],
  ): number[] => {
    const rule = new TierRule({ ...rules, ...changes }, waited);
    const at = levels.findIndex((level) => !rule.mayAsk(level));
    return levels.slice(0, at < 0 ? levels.length : at);
  };

  it('is asked after a time', () => {
    expect(levelsAsked({}, 9, [1, 1, 2])).toEqual([]);
    expect(levelsAsked({}, 10, [1, 1, 2])).toEqual([1, 1, 2]);
    expect(levelsAsked({ multipliesByLevel: true }, 19, [1, 1, 2])).toEqual([1, 1]);
    expect(levelsAsked({ multipliesByLevel: true }, 20, [1, 1, 2])).toEqual([1, 1, 2]);
  });

  it('is asked at once when nobody is in those before, if so wanted', () => {
    expect(levelsAsked({ skipsEmptyTiers: true }, 0, [2, 2, 3])).toEqual([2, 2]);
  });

  it('does not matter without tier rules', () => {
    expect(levelsAsked({ areApplied: false }, 0, [1, 2, 3])).toEqual([1, 2, 3]);
  });
});
