import type { AfterError } from './verdicts';

/** What came of a step, for the run that took it. */
export type StepEnd =
  /** Something changed: look for the next step. */
  | { readonly kind: 'go-on' }
  /** It waits for its turn. `isFirst`: behind nobody, so that whoever gives turns has to hear of it. */
  | { readonly kind: 'listed'; readonly isFirst: boolean }
  /** Not before `until` (epoch ms), unless somebody wakes its call. */
  | { readonly kind: 'wait'; readonly until: number; readonly error: Error }
  | { readonly kind: 'retry'; readonly error: Error };

/**
 * How often a portal is looked at that takes nothing, ms: a safety net, since whoever mends it wakes its calls; and for a
 * vendor's block, which nobody announces the end of, not so often that it makes things worse.
 */
export const CLOSED_PORTAL_MS = 60 * 60_000;

/** The end of a step by what its answer or error leads to. */
export function endOf(then: AfterError, now: number): StepEnd {
  switch (then.kind) {
    case 'slow-down':
      return { kind: 'listed', isFirst: true };
    case 'trouble':
      return { kind: 'wait', until: now + CLOSED_PORTAL_MS, error: then.error };
    case 'go-on':
    case 'retry':
    case 'wait':
      return then;
  }
}
