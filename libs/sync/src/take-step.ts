import { endStep } from '@app/calls';
import type { FoundStep } from './compare';
import type { SyncDeps, Turn } from './ports';
import { prepareStep, uploadsOf } from './send/ready-step';
import { sendSteps } from './send/send-steps';
import { CLOSED_PORTAL_MS, type StepEnd } from './send/step-end';
import { methodOf } from './send/step-request';

/**
 * Takes one step if its turn is now, and otherwise has it wait for its turn: never sleeps, sends one request (and the
 * upload that belongs to it), and notes down what came of it.
 *
 * @throws what the store throws; the portal's errors are part of the result
 */
export async function takeStep(deps: SyncDeps, found: FoundStep): Promise<StepEnd> {
  const { call, portal, portalCall } = found.synced;
  const prepared = await prepareStep(deps, found);
  if (prepared.kind === 'away') return { kind: 'retry', error: prepared.error };
  if (prepared.kind === 'answer') {
    await deps.store.settle([{ portalCall: endStep(portalCall, found.step, prepared.answer), ledger: [] }]);
    return { kind: 'go-on' };
  }
  const { ready } = prepared;
  const { stepClass } = ready;
  const { portalId } = portal;
  const leave = deps.gate.enter(portalId, stepClass);
  try {
    const turn = await deps.turns.ask(
      {
        ...{ callId: call.callId, portalId, egress: deps.egress, stepClass, method: methodOf(found.step) },
        ...{ uploads: uploadsOf(ready), hasPlace: leave !== undefined },
      },
      deps.now(),
    );
    if (turn.kind !== 'granted') return withoutTurn(deps, turn);
    const { ends } = await sendSteps(deps, portal, [{ ready, readyAt: turn.readyAt }], turn);
    return (
      ends.get(call.callId) ?? { kind: 'retry', error: new Error('nobody knows what became of the step') }
    );
  } finally {
    leave?.();
  }
}

/** What a step does that may not be sent now. */
function withoutTurn(deps: SyncDeps, turn: Exclude<Turn, { kind: 'granted' }>): StepEnd {
  switch (turn.kind) {
    case 'listed':
      return turn;
    case 'over-budget':
      return {
        kind: 'wait',
        until: turn.until,
        error: new Error('the portal has no working time left for this method'),
      };
    case 'closed': {
      const until = turn.until ?? deps.now() + CLOSED_PORTAL_MS;
      const error = new Error(`the portal takes nothing: ${turn.reason}`);
      return { kind: 'wait', until, error };
    }
  }
}
