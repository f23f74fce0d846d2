/** What becomes of one event on its way. Without a fault it is sent once and never again. */
export type EventFaultEffect =
  /** It never leaves the queue server. */
  | { readonly kind: 'lose' }
  /** It arrives twice. */
  | { readonly kind: 'duplicate' }
  /** It sets out this much later; others may overtake it. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** It arrives after the next event to the same handler. */
  | { readonly kind: 'overtaken' }
  /** Without tokens, as if a robot had caused it. */
  | { readonly kind: 'without-tokens' };

export interface EventFaultTarget {
  /** Code of the event; default any. */
  readonly event?: string;
  /** The first matching event that it happens to, counted from injection; default 1. */
  readonly nth?: number;
  /** How many events in a row; default 1. */
  readonly times?: number;
}

export type EventFault = EventFaultEffect & EventFaultTarget;

export const EVENT_FAULT_KINDS = [
  'lose',
  'duplicate',
  'delay',
  'overtaken',
  'without-tokens',
] as const satisfies readonly EventFaultEffect['kind'][];
