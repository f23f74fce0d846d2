import type { Call } from '../call';
import { desiredPortalCalls, type DesiredPortalCall } from '../portal/desired-portal-calls';
import { isSettled } from '../portal/next-step';
import { beginStep, endStep, unregistered, type PortalCall } from '../portal/portal-call';
import { mostUrgentStep, portalPairs, type PortalPair } from '../portal/portal-pairs';
import type { PortalPolicy } from '../portal/portal-policy';
import { REGISTRATION_MEMORY_MS, type PortalStep, type StepAnswer } from '../portal/portal-step';
import type { ModelPortal } from './model-portal';

/** A call of a few steps that is not settled after so many successful ones goes round in circles. */
const ENDLESS = 40;

/** What may become of a step that is sent to a portal. */
export const FATES = [
  'done',
  'unknown-done',
  'unknown-not-done',
  'not-done',
  'crash-before',
  'crash-after',
  'statistics-late',
] as const;
export type Fate = (typeof FATES)[number];

/**
 * Files calls with a portal, a step at a time, as a worker does: writes the step down, sends it, writes down what came
 * of it; or dies before or after the sending. Checks each step against the promises of `nextStep`, and throws when one
 * is broken.
 */
export class FilingClerk {
  readonly calls = new Map<string, Call>();
  /** Successful uploads that were answered, by the id that the portal was told: `call-1`. */
  readonly attached: string[] = [];
  /** By call id and key. */
  private readonly portalCalls = new Map<string, Map<string, PortalCall>>();
  /** By the id that the portal was told. */
  private readonly inDoubt = new Map<string, { step: PortalStep; since: number }>();

  constructor(
    private readonly portal: ModelPortal,
    private readonly policy: PortalPolicy,
  ) {}

  portalCallOf(callId: string, { key }: Pick<DesiredPortalCall, 'key'> = { key: 'main' }): PortalCall {
    return this.portalCalls.get(callId)?.get(key) ?? unregistered(callId, key);
  }

  desiredOf(callId: string): DesiredPortalCall[] {
    const call = this.calls.get(callId);
    return call ? desiredPortalCalls(call, this.policy) : [];
  }

  isSettled(callId: string, now: number): boolean {
    return this.pairsOf(callId).every(({ desired, portalCall }) => isSettled(desired, portalCall, now));
  }

  private pairsOf(callId: string): PortalPair[] {
    const call = this.calls.get(callId);
    return call ? portalPairs(call, this.policy, [...(this.portalCalls.get(callId)?.values() ?? [])]) : [];
  }

  /** Takes the next step of a call. @returns whether there was one */
  step(callId: string, fate: Fate, now: number): boolean {
    const found = mostUrgentStep(this.pairsOf(callId), now);
    if (!found) return false;
    const { desired, step, portalCall: before } = found;
    const { externalCallId } = desired;
    this.check(callId, step, desired, now);
    this.keep(beginStep(before, step, now));
    const answer = this.send(step, fate, now);
    if (answer) this.keep(endStep(this.portalCallOf(callId, desired), step, answer));
    if (!answer || answer.kind === 'unknown') this.noteDoubt(externalCallId, step, now);
    else if (answer.kind !== 'not-done') this.inDoubt.delete(externalCallId);
    if (step.kind === 'attach-record' && answer?.kind === 'done') this.attached.push(externalCallId);
    return true;
  }

  /** Takes steps that succeed until every call is as it should be. Throws when one goes round in circles. */
  bringToRest(now: number): void {
    for (const callId of this.calls.keys()) {
      for (let steps = 0; this.step(callId, 'done', now); steps += 1) {
        if (steps > ENDLESS) throw new Error(`${callId} never rests`);
      }
    }
  }

  /** @returns what is told to have come of it; nothing when the process died */
  private send(step: PortalStep, fate: Fate, now: number): StepAnswer | undefined {
    switch (fate) {
      case 'done':
        return this.portal.perform(step, now);
      case 'unknown-done':
        this.portal.perform(step, now);
        return { kind: 'unknown' };
      case 'unknown-not-done':
        return { kind: 'unknown' };
      case 'not-done':
        return { kind: 'not-done' };
      case 'crash-before':
        return undefined;
      case 'crash-after':
        this.portal.perform(step, now);
        return undefined;
      case 'statistics-late':
        if (step.kind !== 'attach-record') return this.portal.perform(step, now);
        return { kind: 'refused', cause: 'not-finished-yet', reason: 'the statistics are late' };
    }
  }

  private check(callId: string, step: PortalStep, desired: DesiredPortalCall, now: number): void {
    const opened =
      step.kind === 'show' ? step.userIds : step.kind === 'register' && step.show ? [step.userId] : [];
    const lie = opened.find((userId) => !desired.cards.includes(userId));
    if (lie !== undefined)
      throw new Error(`${callId}: a card is opened for user ${lie}, whom the call does not concern`);
    const before = this.inDoubt.get(desired.externalCallId);
    const isTombstone = this.calls.get(callId)?.mergedInto !== undefined;
    if (isTombstone && step.kind === 'register' && !before)
      throw new Error(`${callId} is part of another call, but is registered`);
    if (!before || (before.step.kind === 'register' && now - before.since > REGISTRATION_MEMORY_MS)) return;
    const quiet = before.step.kind === 'register' ? { ...before.step, show: false } : before.step;
    const words = JSON.stringify(step);
    if (words !== JSON.stringify(before.step) && words !== JSON.stringify(quiet)) {
      throw new Error(`${callId}: ${JSON.stringify(before.step)} is in doubt, but ${words} is sent`);
    }
  }

  private noteDoubt(externalCallId: string, step: PortalStep, now: number): void {
    if (step.kind === 'show' || step.kind === 'hide') return;
    this.inDoubt.set(externalCallId, { step, since: now });
  }

  private keep(portalCall: PortalCall): void {
    // What is stored is JSON.
    const kept = JSON.parse(JSON.stringify(portalCall)) as PortalCall;
    const { callId, key } = kept;
    this.portalCalls.set(callId, new Map([...(this.portalCalls.get(callId) ?? []), [key, kept]]));
  }
}
