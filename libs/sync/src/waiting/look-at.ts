import { endStep } from '@app/calls';
import { compare, type FoundStep } from '../compare';
import type { CallToSync, SendWaitingDeps, StepClass, WaitingStep } from '../ports';
import { prepareStep, uploadsAhead, type ReadyStep } from '../send/ready-step';
import { stepClassOf } from '../send/step-class';
import type { Notes } from './notes';

const BY_URGENCY: readonly StepClass[] = ['live-card', 'finish', 'recording', 'backfill', 'directory'];

/** A step whose turn has come, and that is still to be sent. */
export interface StepToSend {
  readonly claimed: WaitingStep;
  readonly ready: ReadyStep;
}

/**
 * Looks at a call whose turn has come: gives the step to be sent now, or notes down what becomes of the call otherwise.
 * A step that has become less urgent than what waited is another one: it has just become ready, and waits for a turn of
 * its own.
 */
export async function lookAt(
  deps: SendWaitingDeps,
  known: CallToSync,
  claimed: WaitingStep,
  notes: Notes,
): Promise<StepToSend | undefined> {
  const found = compare(known, deps.now());
  if (found.kind === 'rest') {
    notes.mark(found.mark);
    return undefined;
  }
  if (found.kind === 'held') {
    notes.hold(found);
    return undefined;
  }
  const stepClass = stepClassOf(found.step, known.call, deps.now());
  if (BY_URGENCY.indexOf(stepClass) > BY_URGENCY.indexOf(claimed.stepClass)) {
    notes.list(becomesReady(found, deps.now()));
    return undefined;
  }
  const prepared = await prepareStep(deps, found);
  switch (prepared.kind) {
    case 'send':
      return { claimed, ready: withoutChain(prepared.ready) };
    case 'away':
      notes.tryLater(found, prepared.error);
      return undefined;
    case 'answer': {
      const portalCall = endStep(found.synced.portalCall, found.step, prepared.answer);
      await deps.store.settle([{ portalCall, ledger: [] }]);
      notes.again(known.call.callId);
      return undefined;
    }
  }
}

/** A step that has just become ready, as the list wants it. */
export function becomesReady(found: FoundStep, now: number) {
  const { call } = found.synced;
  const stepClass = stepClassOf(found.step, call, now);
  return { callId: call.callId, stepClass, uploads: uploadsAhead(found) };
}

/**
 * Without the question where to upload the recording: among the commands of others a finish that fails cannot keep that
 * question from being asked, and a batch has room for few uploads.
 */
function withoutChain(ready: ReadyStep): ReadyStep {
  return ready.found.step.kind === 'finish' ? { ...ready, file: undefined } : ready;
}
