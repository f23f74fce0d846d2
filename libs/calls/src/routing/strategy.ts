import type { Agent } from './agent';
import type { RoutePlan } from './route-plan';

/** Whom to ring next, and for how long. */
export interface Ring {
  readonly target:
    | { readonly kind: 'agents'; readonly extensions: readonly string[] }
    /** Outside, E.164. */
    | { readonly kind: 'number'; readonly number: string };
  readonly seconds: number;
  readonly why: 'responsible' | 'queue' | 'forward';
}

/** What a strategy may know. Whoever is named here is free, and did not refuse this caller. */
export interface StrategySight {
  readonly plan: RoutePlan;
  /** Members that may ring, in the order of the line. */
  readonly free: readonly Agent[];
  /** The client's own manager, if he may ring and has not yet rung as such. */
  readonly responsible?: Agent;
  /** How often somebody has rung for this caller. */
  readonly timesRung: (extension: string) => number;
  /** Whether the number outside has rung. */
  readonly hasForwarded: boolean;
  /** Who of the line rang last for the caller before. */
  readonly lastOfLine?: string;
}

/** Finds whom to ring next; undefined: there is nobody (any more). Pure. */
export type Strategy = (sight: StrategySight) => Ring | undefined;

/** A ring of one member. */
export function ringAlone(agent: Agent, { plan }: StrategySight): Ring {
  const { extension, seconds = plan.seconds.step } = agent;
  return { target: { kind: 'agents', extensions: [extension] }, seconds, why: 'queue' };
}

/** The members who rang least often for this caller come first; among equals the order stays. */
export function fewestRingsFirst(agents: readonly Agent[], { timesRung }: StrategySight): Agent[] {
  return [...agents].sort((a, b) => timesRung(a.extension) - timesRung(b.extension));
}
