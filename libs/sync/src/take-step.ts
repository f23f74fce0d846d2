import { PortalError, Secret, type PortalExchange } from '@app/bitrix24';
import { beginStep, endStep, type Call, type PortalCall, type PortalStep, type StepAnswer } from '@app/calls';
import { ledgerEntry } from './ledger-entry';
import type { StepMeans } from './perform-step';
import type { PortalSettings, StepClass, SyncDeps } from './ports';
import { prepareStep } from './prepare-step';
import { stepClassOf, timeoutOf } from './step-class';
import { consequenceOf, type Consequence } from './verdicts';

/** A call as it was read, with a portal to file it in. */
export interface SyncedCall {
  readonly call: Call;
  readonly portal: PortalSettings;
  readonly portalCall: PortalCall;
}

/** What came of a step, for the run that took it. */
export type StepEnd =
  /** Something changed: look for the next step. */
  | { readonly kind: 'go-on' }
  /** Not before `until` (epoch ms). Without `error` only the step's turn has not come. */
  | { readonly kind: 'wait'; readonly until: number; readonly error?: Error }
  | { readonly kind: 'retry'; readonly error: Error };

/**
 * Takes one step: never sleeps, sends one REST request (and the upload that belongs to it), and notes down what came
 * of it. The step is committed as being in flight before it is sent, so that a crash leaves its exact words behind.
 *
 * @throws what the store throws; the portal's errors are part of the result
 */
export async function takeStep(deps: SyncDeps, synced: SyncedCall, step: PortalStep): Promise<StepEnd> {
  const prepared = await prepareStep(deps, synced, step);
  if (prepared.kind === 'away') return { kind: 'retry', error: prepared.error };
  if (prepared.kind === 'answer') {
    await deps.store.settle(endStep(synced.portalCall, step, prepared.answer), []);
    return { kind: 'go-on' };
  }
  const { portalId } = synced.portal;
  const stepClass = stepClassOf(step, synced.call, deps.now());
  const leave = deps.gate.enter(portalId, stepClass);
  if (!leave) return { kind: 'wait', until: deps.now() + busyDelayMs(stepClass) };
  try {
    const slot = await deps.rate.reserve(portalId, deps.egress, stepClass, deps.now());
    if (!slot.granted) return { kind: 'wait', until: slot.retryAt };
    return await sendStep(deps, synced, { step, stepClass, send: prepared.send });
  } finally {
    leave();
  }
}

interface Sending {
  readonly step: PortalStep;
  readonly stepClass: StepClass;
  readonly send: (means: StepMeans) => Promise<StepAnswer>;
}

async function sendStep(deps: SyncDeps, synced: SyncedCall, sending: Sending): Promise<StepEnd> {
  const { step, stepClass, send } = sending;
  const { endpoint, accessToken, portalId } = synced.portal;
  const begun = beginStep(synced.portalCall, step, deps.now());
  await deps.store.begin(begun);
  const exchanges: PortalExchange[] = [];
  const { answer, then } = await consequence(deps, synced, step, () =>
    send({
      requests: deps.openPortal((exchange) => exchanges.push(exchange)),
      portal: { endpoint, accessToken: new Secret(accessToken) },
      timeoutMs: timeoutOf(stepClass, deps.timeouts),
    }),
  );
  const ledger = exchanges.map((exchange) => ledgerEntry(exchange, step, synced));
  await deps.store.settle(endStep(begun, step, answer), ledger);
  if (then.kind !== 'slow-down') return then;
  return { kind: 'wait', until: await deps.rate.penalise(portalId, deps.egress, deps.now()) };
}

/** What an answer or a refusal leads to. Anything but the portal's own errors is left to the caller. */
async function consequence(
  deps: SyncDeps,
  { call }: SyncedCall,
  step: PortalStep,
  send: () => Promise<StepAnswer>,
): Promise<Consequence> {
  try {
    return { answer: await send(), then: { kind: 'go-on' } };
  } catch (error) {
    if (!(error instanceof PortalError)) throw error;
    return consequenceOf(error, step, { callStartedAt: call.started.at, now: deps.now() });
  }
}

/**
 * How long to stay away from a portal that has no place left, ms: the less urgent, the longer, so that the waiting of
 * many does not itself become work. Spread by chance, so that they do not come back together.
 */
function busyDelayMs(stepClass: StepClass): number {
  const shortest = { 'live-card': 250, finish: 2_000, recording: 8_000, backfill: 8_000, directory: 8_000 }[
    stepClass
  ];
  return Math.ceil(shortest * (1 + Math.random()));
}
