import {
  cardsDueAt,
  explainFiling,
  isOver,
  isSettled,
  mostUrgentStep,
  portalPairs,
  type Call,
  type DesiredPortalCall,
  type PortalCall,
  type PortalStep,
} from '@app/calls';
import { patienceMs } from './patience';
import { policyOf } from './policy';
import type { CallToSync, PortalSettings, SyncMark } from './ports';

/** A call as it was read, with a portal to file it in. */
export interface SyncedCall {
  readonly call: Call;
  readonly portal: PortalSettings;
  /** The one that the step is about. */
  readonly portalCall: PortalCall;
}

/** A step that brings the portal of a call nearer to what it should hold, and all that decided on it. */
export interface FoundStep {
  readonly kind: 'step';
  readonly synced: SyncedCall;
  readonly desired: DesiredPortalCall;
  readonly step: PortalStep;
}

/** There is nothing to do now. */
export interface Rest {
  readonly kind: 'rest';
  readonly why: 'settled' | 'agreed' | 'stuck' | 'no-portal';
  readonly mark: SyncMark;
}

/** Cards of a call go together: the step comes in a moment. */
export interface HeldCards {
  readonly kind: 'held';
  readonly callId: string;
  readonly version: number;
  /** Epoch ms. */
  readonly until: number;
}

/**
 * Compares what a portal should hold for a call with what it is known to hold.
 *
 * @param now epoch ms
 */
export function compare(
  { call, portal, portalCalls }: CallToSync,
  now: number,
): FoundStep | HeldCards | Rest {
  const { callId, version } = call;
  if (!portal) {
    const problem = 'no portal was found for this call';
    return { kind: 'rest', why: 'no-portal', mark: { callId, version, settled: isOver(call), problem } };
  }
  const policy = policyOf(portal);
  const pairs = portalPairs(call, policy, portalCalls);
  const found = mostUrgentStep(pairs, now);
  if (found) {
    const { portalCall, desired, step } = found;
    return { kind: 'step', synced: { call, portal, portalCall }, desired, step };
  }
  const remark = explainFiling(call, policy);
  const stuck = pairs.find(({ portalCall }) => portalCall.stuck)?.portalCall.stuck;
  if (stuck) {
    const problem = `${stuck.step}: ${stuck.reason}`;
    // Changed settings wake it, but for those that change in the very moment in which this is noted down.
    const notBefore = now + patienceMs(now - call.started.at);
    return {
      kind: 'rest',
      why: 'stuck',
      mark: { callId, version, settled: false, notBefore, problem, remark },
    };
  }
  const [until] = pairs
    .map(({ desired, portalCall }) => cardsDueAt(desired, portalCall, now))
    .filter((at) => at !== undefined)
    .sort((a, b) => a - b);
  if (until !== undefined) return { kind: 'held', callId, version, until };
  const isFiled = pairs.every((pair) => isSettled(pair.desired, pair.portalCall, now));
  const settled = pairs.length === 0 ? isOver(call) : isFiled;
  const problem = pairs.map(({ portalCall }) => flawOf(portalCall)).find((flaw) => flaw !== undefined);
  const mark = { callId, version, settled, problem, remark };
  return { kind: 'rest', why: settled ? 'settled' : 'agreed', mark };
}

/** What is not as it should be though nothing can be done about it: for people. */
function flawOf({ attached, failedRecordings, notice }: PortalCall): string | undefined {
  const [lost] = failedRecordings;
  const recording = attached === undefined && lost ? `recording ${lost.reason}: ${lost.path}` : undefined;
  return [notice, recording].filter((flaw) => flaw !== undefined).join('; ') || undefined;
}
