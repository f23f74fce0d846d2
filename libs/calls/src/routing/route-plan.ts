import type { WorkingHours } from './working-hours';

/** How the members of a queue ring. */
export type QueueStrategy = 'simultaneous' | 'sequential' | 'longest-idle' | 'round-robin';

/** How a line finds somebody for a caller. */
export type StrategyName = QueueStrategy | 'responsible-then-queue' | 'external-forward';

/** Where a caller goes whom nobody takes. */
export type RouteDestination =
  /** A destination of context `default`: `message`, `announcement`, an extension, a group. */
  | { readonly kind: 'dialplan'; readonly to: string }
  /** A number outside, E.164. */
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'hang-up'; readonly cause: string }
  /** Who rings when the connector is away (`connector_fallback` of the dialplan). */
  | { readonly kind: 'fallback' };

/** A member of a line's queue. */
export interface RouteMember {
  readonly extension: string;
  /** How long he rings when he rings alone; undefined: as long as everybody. */
  readonly seconds?: number;
}

/** What a line does with its callers. */
export interface RoutePlan {
  readonly strategy: StrategyName;
  /** In the order in which they ring. */
  readonly members: readonly RouteMember[];
  /** How the members ring when the responsible person did not answer. */
  readonly queue: QueueStrategy;
  /** E.164; of `external-forward`. */
  readonly forwardTo?: string;
  readonly seconds: RouteSeconds;
  /** Missing: always open. */
  readonly hours?: WorkingHours;
  readonly whenClosed: RouteDestination;
  /** Everybody was on another call, and waiting is over. */
  readonly whenBusy: RouteDestination;
  /** Nobody answered, or nobody is there. */
  readonly whenUnanswered: RouteDestination;
}

export interface RouteSeconds {
  /** One member after another: each of them. */
  readonly step: number;
  /** All members at once. */
  readonly together: number;
  readonly responsible: number;
  /** The number outside of `external-forward`. */
  readonly forward: number;
  /** Phones ring for a caller no longer than this in all. */
  readonly total: number;
  /** A caller waits for somebody to come free no longer than this in all; 0: not at all. */
  readonly wait: number;
}
