import type { Agent, AgentState } from './agent';
import { STRATEGIES } from './registry';
import type { RouteDestination, RoutePlan } from './route-plan';
import type { Ring, StrategySight } from './strategy';
import { isOpen } from './working-hours';

/** A ring that is over, and nobody answered. */
export interface PastRing {
  readonly target: Ring['target'];
  readonly why: Ring['why'];
  /** How long it really rang. */
  readonly seconds: number;
  /** Who declined or was busy on his phone: he is not rung again for this caller. */
  readonly refusedBy: readonly string[];
}

/** What is known when it has to be decided what comes next for a caller. */
export interface RouteSight {
  /** When he came, epoch ms: whoever comes in time is served, also after closing time. */
  readonly cameAt: number;
  /** The members of the line, in its order. */
  readonly agents: readonly Agent[];
  /** The client's own manager; he need not be a member. */
  readonly responsible?: Agent;
  readonly rings: readonly PastRing[];
  /** How long the caller has waited for somebody to come free. */
  readonly waitedSeconds: number;
  /** Who of the line rang last for the caller before. */
  readonly lastOfLine?: string;
}

/** Why somebody does not ring now. `later`: it is not his turn. */
export type NotRung = Exclude<AgentState, 'free'> | 'refused' | 'later';

/** Why the caller goes elsewhere. */
export type LeaveReason = 'closed' | 'all-busy' | 'nobody-there' | 'nobody-answered';

interface Explained {
  readonly passedOver: readonly { readonly extension: string; readonly why: NotRung }[];
}

/** What comes next for a caller. */
export type RouteDecision = Explained &
  (
    | ({ readonly step: 'ring' } & Ring)
    /** Until somebody comes free, so many seconds at most. */
    | { readonly step: 'wait'; readonly seconds: number }
    | { readonly step: 'leave'; readonly to: RouteDestination; readonly why: LeaveReason }
  );

/**
 * What comes next for a caller: who rings, or that he waits, or where he goes. Rings only who is free; each ring and each
 * waiting uses up the time that the plan gives, so it comes to an end.
 */
export function decideRoute(plan: RoutePlan, sight: RouteSight): RouteDecision {
  if (plan.hours && !isOpen(plan.hours, sight.cameAt)) return leave(plan, sight, 'closed');
  const secondsLeft = plan.seconds.total - sum(sight.rings.map(({ seconds }) => seconds));
  if (secondsLeft < 1) return leave(plan, sight, 'nobody-answered');
  const ring = STRATEGIES[plan.strategy](strategySight(plan, sight));
  if (ring)
    return {
      step: 'ring',
      ...ring,
      seconds: Math.min(ring.seconds, Math.floor(secondsLeft)),
      passedOver: passedOver(sight, ring),
    };
  return withoutRing(plan, sight);
}

function withoutRing(plan: RoutePlan, sight: RouteSight): RouteDecision {
  if (!everybody(sight).some((agent) => agent.state === 'busy' && !hasRefused(sight, agent)))
    return leave(plan, sight, sight.rings.length > 0 ? 'nobody-answered' : 'nobody-there');
  const seconds = plan.seconds.wait - sight.waitedSeconds;
  if (seconds <= 0) return leave(plan, sight, 'all-busy');
  return { step: 'wait', seconds, passedOver: passedOver(sight) };
}

function leave(plan: RoutePlan, sight: RouteSight, why: LeaveReason): RouteDecision {
  const destinations = { closed: plan.whenClosed, 'all-busy': plan.whenBusy };
  const to = why === 'closed' || why === 'all-busy' ? destinations[why] : plan.whenUnanswered;
  return { step: 'leave', to, why, passedOver: why === 'closed' ? [] : passedOver(sight) };
}

function strategySight(plan: RoutePlan, sight: RouteSight): StrategySight {
  const { agents, responsible, rings, lastOfLine } = sight;
  const mayRing = (agent: Agent) => agent.state === 'free' && !hasRefused(sight, agent);
  const hasRungAsSuch = rings.some(({ why }) => why === 'responsible');
  return {
    plan,
    free: agents.filter(mayRing),
    ...(responsible && !hasRungAsSuch && mayRing(responsible) && { responsible }),
    timesRung: (extension) => rings.filter(({ target }) => isFor(target, extension)).length,
    hasForwarded: rings.some(({ target }) => target.kind === 'number'),
    ...(lastOfLine !== undefined && { lastOfLine }),
  };
}

function everybody({ agents, responsible }: RouteSight): Agent[] {
  const isMember = agents.some(({ extension }) => extension === responsible?.extension);
  return responsible && !isMember ? [responsible, ...agents] : [...agents];
}

function hasRefused({ rings }: RouteSight, { extension }: Agent): boolean {
  return rings.some(({ refusedBy }) => refusedBy.includes(extension));
}

function passedOver(sight: RouteSight, ring?: Ring): Explained['passedOver'] {
  return everybody(sight)
    .filter(({ extension }) => !ring || !isFor(ring.target, extension))
    .map((agent) => ({ extension: agent.extension, why: reasonOf(sight, agent) }));
}

function reasonOf(sight: RouteSight, agent: Agent): NotRung {
  if (hasRefused(sight, agent)) return 'refused';
  return agent.state === 'free' ? 'later' : agent.state;
}

function isFor(target: Ring['target'], extension: string): boolean {
  return target.kind === 'agents' && target.extensions.includes(extension);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
