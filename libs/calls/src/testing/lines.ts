import type { Agent, AgentState } from '../routing/agent';
import type { PastRing, RouteSight } from '../routing/decide-route';
import type { RoutePlan } from '../routing/route-plan';

const OVERFLOW = { kind: 'dialplan', to: 'message' } as const;

/** A line with three members, one after another, unless said otherwise. */
export function someLine(difference: Partial<RoutePlan> = {}): RoutePlan {
  return {
    strategy: 'sequential',
    members: ['1001', '1002', '1003'].map((extension) => ({ extension })),
    queue: 'simultaneous',
    seconds: { step: 5, together: 20, responsible: 15, forward: 30, total: 60, wait: 0 },
    whenClosed: { kind: 'dialplan', to: 'announcement' },
    whenBusy: { kind: 'number', number: '+79160000000' },
    whenUnanswered: OVERFLOW,
    ...difference,
  };
}

/** What everybody does, by extension; who is not named does not exist. */
export function people(states: Readonly<Record<string, AgentState>>): Agent[] {
  return Object.entries(states).map(([extension, state]) => ({ extension, state }));
}

/** A caller who has just come, and all three are free. */
export function someSight(difference: Partial<RouteSight> = {}): RouteSight {
  return {
    cameAt: Date.parse('2026-11-23T09:00:00Z'),
    agents: people({ '1001': 'free', '1002': 'free', '1003': 'free' }),
    rings: [],
    waitedSeconds: 0,
    ...difference,
  };
}

/** A ring of people that nobody answered. */
export function rang(extensions: readonly string[], difference: Partial<PastRing> = {}): PastRing {
  return { target: { kind: 'agents', extensions }, why: 'queue', seconds: 5, refusedBy: [], ...difference };
}
