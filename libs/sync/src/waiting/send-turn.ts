import { batchRefusal, type PortalError } from '@app/bitrix24';
import { compare } from '../compare';
import { giveUp, isHopeless } from '../hopeless';
import type { SendWaitingDeps, TakenTurn, WaitingStep } from '../ports';
import { commandsOf } from '../send/commands';
import { uploadsOf } from '../send/ready-step';
import { sendSteps, type Sent } from '../send/send-steps';
import type { StepEnd } from '../send/step-end';
import { methodOf } from '../send/step-request';
import { becomesReady, lookAt, type StepToSend } from './look-at';
import { Notes } from './notes';

type Taken = Extract<TakenTurn, { kind: 'taken' }>;

/** Somebody else works on the call at the moment, and will find out himself what is to be done for it. */
const asideMs = ({ stepClass }: WaitingStep): number => (stepClass === 'live-card' ? 200 : 2_000);

/**
 * Uses a turn for those who waited for it: one request for all of them, as far as they still have something to send.
 *
 * @throws PortalError when the request failed as a whole and may be tried again: the others had better wait too
 */
export async function sendTurn(deps: SendWaitingDeps, portalId: string, turn: Taken): Promise<void> {
  const notes = new Notes(deps, portalId);
  const failed = await deps.fence.holdAll(
    turn.steps.map(({ callId }) => callId),
    async (held) => {
      const isHeld = new Set(held);
      for (const step of turn.steps.filter(({ callId }) => !isHeld.has(callId)))
        notes.list({ ...step, readyAt: undefined, asideMs: asideMs(step) });
      const mine = turn.steps.filter(({ callId }) => isHeld.has(callId));
      return new TurnInHand(deps, portalId, turn, notes).use(mine);
    },
  );
  if (failed) throw failed;
}

class TurnInHand {
  constructor(
    private readonly deps: SendWaitingDeps,
    private readonly portalId: string,
    private readonly turn: Taken,
    private readonly notes: Notes,
  ) {}

  /** Gives why the request failed as a whole, if it may be tried again. */
  async use(steps: readonly WaitingStep[]): Promise<PortalError | undefined> {
    const toSend = await this.#together(await this.#withinBudget(await this.#look(steps)));
    const [first] = toSend;
    const sent = first && (await this.#send(first, toSend));
    const isTriedAgain = sent ? await this.#noteEnds(toSend, sent) : false;
    await this.#lookAgain();
    await this.notes.write();
    return isTriedAgain ? sent?.failed : undefined;
  }

  async #look(steps: readonly WaitingStep[]): Promise<readonly StepToSend[]> {
    const known = await this.deps.store.loadOf(
      this.portalId,
      steps.map(({ callId }) => callId),
    );
    const missing = steps.filter(({ callId }) => !known.some(({ call }) => call.callId === callId));
    await this.deps.turns.drop(
      this.portalId,
      missing.map(({ callId }) => callId),
    );
    const looks = steps.map(async (claimed) => {
      const call = known.find((each) => each.call.callId === claimed.callId);
      return call && lookAt(this.deps, call, claimed, this.notes);
    });
    return (await Promise.all(looks)).filter((step) => step !== undefined);
  }

  /** The working time of a method may have been used up while its steps waited. */
  async #withinBudget(toSend: readonly StepToSend[]): Promise<readonly StepToSend[]> {
    if (toSend.length === 0) return toSend;
    const asked = toSend.map(({ ready }) => ({
      method: methodOf(ready.found.step),
      stepClass: ready.stepClass,
    }));
    const waits = await this.deps.rate.operatingWaits(this.portalId, asked, this.deps.now());
    const problem = 'the portal has no working time left for this method';
    toSend.forEach(({ ready }, index) => {
      const notBefore = waits[index];
      const { callId, version } = ready.found.synced.call;
      if (notBefore !== undefined) this.notes.mark({ callId, version, settled: false, notBefore, problem });
    });
    return toSend.filter((_step, index) => waits[index] === undefined);
  }

  /** Those that go into one request with the first; the others get their place back. */
  async #together(toSend: readonly StepToSend[]): Promise<readonly StepToSend[]> {
    const isAlone = await Promise.all(toSend.map((step) => mustGoAlone(step)));
    const goes = (index: number) => index === 0 || !(isAlone[0] === true || isAlone[index] === true);
    toSend.forEach(({ claimed, ready }, index) => {
      if (!goes(index)) this.notes.list({ ...claimed, stepClass: ready.stepClass });
    });
    return toSend.filter((_step, index) => goes(index));
  }

  async #send({ ready }: StepToSend, toSend: readonly StepToSend[]): Promise<Sent> {
    const { rate, egress, now } = this.deps;
    const unpaid = toSend.filter((step) => uploadsOf(step.ready) > step.claimed.uploads).length;
    if (unpaid > 0) await rate.count(this.portalId, egress, unpaid, now());
    const due = toSend.map((step) => ({ ready: step.ready, readyAt: step.claimed.readyAt }));
    return sendSteps(this.deps, ready.found.synced.portal, due, this.turn);
  }

  /** Notes down how the steps ended. Gives whether some are to be tried again because the request failed as a whole. */
  async #noteEnds(toSend: readonly StepToSend[], { ends, failed }: Sent): Promise<boolean> {
    let isTriedAgain = false;
    for (const step of toSend) {
      const end = ends.get(step.claimed.callId);
      if (end?.kind === 'retry' && failed) isTriedAgain = true;
      // Which of several commands brought the portal down, if it was one, shows when they are sent one by one.
      const isInnocent = toSend.length > 1 || failed?.kind === 'not-connected';
      if (end?.kind === 'retry' && failed && isInnocent) this.notes.list(step.claimed);
      else if (end) await this.#noteEnd(step, end);
    }
    return isTriedAgain;
  }

  async #noteEnd({ ready }: StepToSend, end: StepEnd): Promise<void> {
    const { call, portalCall } = ready.found.synced;
    const { callId, version } = call;
    switch (end.kind) {
      case 'listed':
        return;
      case 'go-on':
        this.notes.again(callId);
        return;
      case 'wait': {
        const { until: notBefore, error } = end;
        this.notes.mark({ callId, version, settled: false, notBefore, problem: error.message });
        return;
      }
      case 'retry':
        if (!isHopeless(portalCall, this.deps.now())) {
          this.notes.tryLater(ready.found, end.error);
          return;
        }
        await giveUp(this.deps, ready.found, end.error);
        this.notes.again(callId);
    }
  }

  /** What is next for those who got on: facts are read anew, as between any two steps. */
  async #lookAgain(): Promise<void> {
    const callIds = this.notes.takeAgain();
    if (callIds.length === 0) return;
    for (const known of await this.deps.store.loadOf(this.portalId, callIds)) {
      const found = compare(known, this.deps.now());
      if (found.kind === 'rest') this.notes.mark(found.mark);
      else if (found.kind === 'held') this.notes.hold(found);
      else this.notes.list(becomesReady(found, this.deps.now()));
    }
  }
}

/** A file as text, or words that a batch cannot carry. */
async function mustGoAlone({ ready }: StepToSend): Promise<boolean> {
  if (ready.file?.asText) return true;
  return (await commandsOf(ready, 0)).some((command) => batchRefusal(command) !== undefined);
}
