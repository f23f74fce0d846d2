import {
  desiredPortalCalls,
  endStep,
  isOver,
  isSettled,
  nextStep,
  type Call,
  type DesiredPortalCall,
  type PortalCall,
  type PortalStep,
} from '@app/calls';
import { PATIENCE_LIMIT_MS, patienceMs } from './patience';
import { policyOf } from './policy';
import type { CallToSync, SyncDeps } from './ports';
import { takeStep, type StepEnd, type SyncedCall } from './take-step';

/** Where a run ended. `version` is the version of the call that was looked at last. */
export type SyncOutcome =
  /** The portal holds all that it ever will for this call. */
  | { readonly kind: 'settled'; readonly version: number }
  /** The portal holds what it should for now; the call goes on. */
  | { readonly kind: 'agreed'; readonly version: number }
  /** The next step may not be taken before `until` (epoch ms). Without `error` only its turn has not come. */
  | { readonly kind: 'wait'; readonly version: number; readonly until: number; readonly error?: Error }
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
    const found = await deps.store.load(callId);
    if (!found) return { kind: 'unknown-call' };
    const { version } = found.call;
    if (signal?.aborted) return { kind: 'interrupted', version };
    if (!found.portal) return endWithoutPortal(deps, found);
    const synced = { ...found, portal: found.portal };
    const desired = desiredPortalCalls(found.call, policyOf(found.portal)).at(0);
    const step = desired && nextStep(desired, synced.portalCall, deps.now());
    if (!step) return endInAgreement(deps, synced, desired);
    const end = taken < MOST_STEPS ? await takeStep(deps, synced, step).catch(failed) : IN_CIRCLES;
    if (end.kind === 'go-on') continue;
    if (!end.error || !isHopeless(found.portalCall, deps.now()))
      return outcomeOf(end, found.call, deps.now());
    await giveUp(deps, synced, step, end.error);
  }
}

/** A step that broke down in us (a file, the database) rather than in the portal: again, and not for ever in silence. */
function failed(error: unknown): StepEnd {
  return { kind: 'retry', error: error instanceof Error ? error : new Error(String(error)) };
}

function outcomeOf(
  end: Exclude<StepEnd, { kind: 'go-on' }>,
  { version, started }: Call,
  now: number,
): SyncOutcome {
  if (end.kind === 'wait') return { ...end, version };
  return { ...end, version, lookAgainAt: now + patienceMs(now - started.at) };
}

async function endWithoutPortal(deps: SyncDeps, { call }: CallToSync): Promise<SyncOutcome> {
  const problem = 'no portal was found for this call';
  await deps.store.markSynced(call.callId, { version: call.version, settled: isOver(call), problem });
  return { kind: 'no-portal', version: call.version };
}

async function endInAgreement(
  deps: SyncDeps,
  { call, portalCall }: SyncedCall,
  desired: DesiredPortalCall | undefined,
): Promise<SyncOutcome> {
  const { callId, version } = call;
  const { stuck } = portalCall;
  if (stuck) {
    const problem = `${stuck.step}: ${stuck.reason}`;
    await deps.store.markSynced(callId, { version, settled: false, problem });
    return { kind: 'stuck', version, reason: problem };
  }
  const settled = desired ? isSettled(desired, portalCall, deps.now()) : isOver(call);
  await deps.store.markSynced(callId, { version, settled, problem: lostRecording(portalCall) });
  return { kind: settled ? 'settled' : 'agreed', version };
}

/**
 * Whether one and the same step has been sent again and again for weeks, always without an answer. A step that
 * certainly was not done does not count: it waits for a portal, a token, a disk, and goes on when that is back.
 */
function isHopeless({ inFlight }: PortalCall, now: number): boolean {
  return inFlight !== undefined && now - inFlight.since > PATIENCE_LIMIT_MS;
}

/** Ends all trying: the domain decides whether the call can do without this step, or is stuck. */
async function giveUp(
  deps: SyncDeps,
  { portalCall }: SyncedCall,
  step: PortalStep,
  error: Error,
): Promise<void> {
  const reason = `given up after two weeks: ${error.message}`;
  await deps.store.settle(endStep(portalCall, step, { kind: 'refused', cause: 'other', reason }), []);
}

function lostRecording({ attached, failedRecordings }: PortalCall): string | undefined {
  const [first] = failedRecordings;
  return attached === undefined && first ? `recording ${first.reason}: ${first.path}` : undefined;
}
