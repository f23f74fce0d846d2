import type { Strategy } from '../config';
import type { Candidate } from './agents';

/** Where a member has got to in a queue that goes top-down: whom it asked last. */
export interface LastAsked {
  readonly level: number;
  readonly position: number;
}

type By = (candidate: Candidate) => number;

const level: By = ({ tier }) => tier.level;
const position: By = ({ tier }) => tier.position;
const lastOffered: By = ({ agent }) => agent.lastOffered;

const ORDERS: Readonly<Record<Exclude<Strategy, 'top-down' | 'round-robin' | 'random'>, readonly By[]>> = {
  'ring-all': [level, position],
  'longest-idle-agent': [level, ({ agent }) => agent.lastBridgeEnd, position],
  'agent-with-least-talk-time': [level, ({ agent }) => agent.talkSeconds, position],
  'agent-with-fewest-calls': [level, ({ agent }) => agent.callsAnswered, position],
  'sequentially-by-agent-order': [level, position, lastOffered],
};

/**
 * The agents of a queue in the order in which they are asked (members_callback in mod_callcenter.c). Who cannot take a
 * call now is among them.
 *
 * @param lastAsked counts for top-down only: he and those before him are left out
 */
export function inOrder(
  strategy: Strategy,
  candidates: readonly Candidate[],
  lastAsked: LastAsked = { level: 0, position: 0 },
): readonly Candidate[] {
  switch (strategy) {
    case 'top-down':
      return topDown(candidates, lastAsked);
    case 'round-robin':
      return roundRobin(candidates);
    case 'random': {
      const dice = new Map(candidates.map((candidate) => [candidate, Math.random()]));
      return sorted(candidates, [level, (candidate) => dice.get(candidate) ?? 0]);
    }
    default:
      return sorted(candidates, ORDERS[strategy]);
  }
}

/** Behind the last one on his level, then the higher levels. */
function topDown(candidates: readonly Candidate[], last: LastAsked): readonly Candidate[] {
  const behind = candidates.filter(
    ({ tier }) => tier.level > last.level || (tier.level === last.level && tier.position > last.position),
  );
  return sorted(behind, [level, position, lastOffered]);
}

/** Behind the one who was asked last, whoever called, on his level; then from the top. */
function roundRobin(candidates: readonly Candidate[]): readonly Candidate[] {
  const all = sorted(candidates, [level, position, lastOffered]);
  const asked = candidates.filter(({ agent }) => agent.lastOffered > 0);
  const [last] = sorted(asked, [(candidate) => -lastOffered(candidate)]);
  const behind = all.filter(
    ({ tier }) => last && tier.level === last.tier.level && tier.position > last.tier.position,
  );
  return [...new Set([...behind, ...all])];
}

function sorted(candidates: readonly Candidate[], keys: readonly By[]): readonly Candidate[] {
  return [...candidates].sort((one, other) => {
    for (const key of keys) if (key(one) !== key(other)) return key(one) - key(other);
    return 0;
  });
}
