import { endStep, type PortalCall } from '@app/calls';
import type { FoundStep } from './compare';
import { PATIENCE_LIMIT_MS } from './patience';
import type { SyncDeps } from './ports';

/**
 * Whether one and the same step has been sent again and again for weeks, always without an answer. A step that
 * certainly was not done does not count: it waits for a portal, a token, a disk, and goes on when that is back.
 */
export function isHopeless({ inFlight }: PortalCall, now: number): boolean {
  return inFlight !== undefined && now - inFlight.since > PATIENCE_LIMIT_MS;
}

/** Ends all trying: the domain decides whether the call can do without this step, or is stuck. */
export async function giveUp(deps: SyncDeps, { synced, step }: FoundStep, error: Error): Promise<void> {
  const reason = `given up after two weeks: ${error.message}`;
  const answer = { kind: 'refused', cause: 'other', reason } as const;
  await deps.store.settle([{ portalCall: endStep(synced.portalCall, step, answer), ledger: [] }]);
}
