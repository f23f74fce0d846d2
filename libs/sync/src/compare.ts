import {
  desiredPortalCalls,
  isOver,
  isSettled,
  nextStep,
  type Call,
  type DesiredPortalCall,
  type PortalCall,
  type PortalStep,
} from '@app/calls';
import { policyOf } from './policy';
import type { CallToSync, PortalSettings, SyncMark } from './ports';

/** A call as it was read, with a portal to file it in. */
export interface SyncedCall {
  readonly call: Call;
  readonly portal: PortalSettings;
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

/**
 * Compares what a portal should hold for a call with what it is known to hold.
 *
 * @param now epoch ms
 */
export function compare({ call, portal, portalCall }: CallToSync, now: number): FoundStep | Rest {
  const { callId, version } = call;
  if (!portal) {
    const problem = 'no portal was found for this call';
    return { kind: 'rest', why: 'no-portal', mark: { callId, version, settled: isOver(call), problem } };
  }
  const [desired] = desiredPortalCalls(call, policyOf(portal));
  const step = desired && nextStep(desired, portalCall, now);
  if (step) return { kind: 'step', synced: { call, portal, portalCall }, desired, step };
  if (portalCall.stuck) {
    const problem = `${portalCall.stuck.step}: ${portalCall.stuck.reason}`;
    return { kind: 'rest', why: 'stuck', mark: { callId, version, settled: false, problem } };
  }
  const settled = desired ? isSettled(desired, portalCall, now) : isOver(call);
  const mark = { callId, version, settled, problem: flawOf(portalCall) };
  return { kind: 'rest', why: settled ? 'settled' : 'agreed', mark };
}

/** What is not as it should be though nothing can be done about it: for people. */
function flawOf({ attached, failedRecordings, notice }: PortalCall): string | undefined {
  const [lost] = failedRecordings;
  const recording = attached === undefined && lost ? `recording ${lost.reason}: ${lost.path}` : undefined;
  return [notice, recording].filter((flaw) => flaw !== undefined).join('; ') || undefined;
}
