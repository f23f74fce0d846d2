import { compare, type FoundStep, type Rest } from './compare';
import { giveUp, isHopeless } from './hopeless';
import { patienceMs } from './patience';
import type { SyncDeps } from './ports';
import type { StepEnd } from './send/step-end';
import { takeStep } from './take-step';

/** Where a run ended. `version` is the version of the call that was looked at last. */
export type SyncOutcome =
  /** The portal holds all that it ever will for this call. */
  | { readonly kind: 'settled'; readonly version: number }
  /** The portal holds what it should for now; the call goes on. */
  | { readonly kind: 'agreed'; readonly version: number }
  /** The next step waits for its turn. `isFirst`: behind nobody, so that whoever gives turns has to hear of it. */
  | {
      readonly kind: 'listed';
      readonly version: number;
      readonly portalId: string;
      readonly isFirst: boolean;
    }
  /** Cards that follow closely go together: the next step comes in a moment, at `until` (epoch ms). */
  | { readonly kind: 'held'; readonly version: number; readonly until: number }
  /** The next step may not be taken before `until` (epoch ms); whoever mends a red portal wakes its calls earlier. */
  | { readonly kind: 'wait'; readonly version: number; readonly until: number; readonly error: Error }
  /**
   * The next step failed and may be taken again after a growing delay. `lookAgainAt` (epoch ms) is for whoever has no
   * delay left: the call must not be forgotten.
   */
  | { readonly kind: 'retry'; readonly version: number; readonly error: Error; readonly lookAgainAt: number }
  /** The portal refused for good; a person must look. */
  | { readonly kind: 'stuck'; readonly version: number; readonly reason: string }
  /** No portal was found for the call: it is filed nowhere. */
  | { readonly kind: 'no-portal'; readonly version: number }
  /** The process is being stopped; the rest is for another. */
  | { readonly kind: 'interrupted'; readonly version: number }
  /** There is no such call (any more). */
  | { readonly kind: 'unknown-call' };

/** More steps than any call needs in one run: who takes so many runs in circles. */
const MOST_STEPS = 50;
const IN_CIRCLES: StepEnd = { kind: 'retry', error: new Error('the steps run in circles') };

/**
 * Brings the portal to hold what it should for a call: compares, takes the next step, and compares again with facts
 * read anew, until there is no step or the next one has to wait. Nobody else may do the same for this call meanwhile.
 *
 * @param signal stops between two steps
 * @throws what the store throws when the call cannot be read, or its end not be noted down
 */
export async function syncCall(deps: SyncDeps, callId: string, signal?: AbortSignal): Promise<SyncOutcome> {
  for (let taken = 0; ; taken += 1) {
    const known = await deps.store.load(callId);
    if (!known) return { kind: 'unknown-call' };
    const { version } = known.call;
    if (signal?.aborted) return { kind: 'interrupted', version };
    const found = compare(known, deps.now());
    if (found.kind === 'rest') return rest(deps, found);
    if (found.kind === 'held') return { kind: 'held', version, until: found.until };
    const end = taken < MOST_STEPS ? await takeStep(deps, found).catch(failed) : IN_CIRCLES;
    if (end.kind === 'go-on') continue;
    if (end.kind === 'listed' || !isHopeless(found.synced.portalCall, deps.now())) {
      return outcomeOf(end, found, deps.now());
    }
    await giveUp(deps, found, end.error);
  }
}

/** A step that broke down in us (a file, the database) rather than in the portal: again, and not for ever in silence. */
function failed(error: unknown): StepEnd {
  return { kind: 'retry', error: error instanceof Error ? error : new Error(String(error)) };
}

async function rest(deps: SyncDeps, { why, mark }: Rest): Promise<SyncOutcome> {
  await deps.store.markSynced(mark);
  const { version, problem = '' } = mark;
  return why === 'stuck' ? { kind: why, version, reason: problem } : { kind: why, version };
}

function outcomeOf(
  end: Exclude<StepEnd, { kind: 'go-on' }>,
  { synced: { call, portal } }: FoundStep,
  now: number,
): SyncOutcome {
  const { version } = call;
  switch (end.kind) {
    case 'listed':
      return { ...end, version, portalId: portal.portalId };
    case 'wait':
      return { ...end, version };
    case 'retry':
      return { ...end, version, lookAgainAt: now + patienceMs(now - call.started.at) };
  }
}
