import type { PortalError, PortalExchange } from '@app/bitrix24';
import { beginStep, endStep, type PortalStep } from '@app/calls';
import type { LedgerEntry, PortalSettings, SettledCall, SyncDeps } from '../ports';
import { askPortal, type Asked, type Reply } from './ask-portal';
import { commandsOf } from './commands';
import { ledgerEntries } from './ledger-entries';
import { addressFor, readReply, type Reading } from './read-reply';
import { uploadsOf } from './ready-step';
import { timeoutOf } from './step-class';
import { endOf, type StepEnd } from './step-end';
import { tellOfPortal } from './tell-of-portal';
import type { DueStep, Ended, SendingTurn, Underway } from './underway';
import { uploadRecordings, type Upload } from './upload-recordings';
import { writeEach } from './write-each';

export interface Sent {
  /** How each step ended, by call id. */
  readonly ends: ReadonlyMap<string, StepEnd>;
  /** Why the request failed as a whole. */
  readonly failed?: PortalError;
}

/**
 * Sends steps of one portal in one request, and the uploads that belong to them, and notes down what came of each. They
 * are committed as being in flight before they are sent, so that a crash leaves their exact words behind. Never sleeps.
 *
 * @throws what is no answer of the portal; then what became of the steps is in doubt
 */
export async function sendSteps(
  deps: SyncDeps,
  portal: PortalSettings,
  due: readonly DueStep[],
  turn: SendingTurn,
): Promise<Sent> {
  return new Sending(deps, portal, turn).send(due);
}

/** A step with what came of it. */
interface Read {
  readonly one: Underway;
  readonly reading: Reading;
}

class Sending {
  readonly #ends = new Map<string, StepEnd>();

  constructor(
    private readonly deps: SyncDeps,
    private readonly portal: PortalSettings,
    private readonly turn: SendingTurn,
  ) {}

  async send(due: readonly DueStep[]): Promise<Sent> {
    const underway = await this.#begin(due);
    if (underway.length === 0) return { ends: this.#ends };
    const asked = await this.#ask(underway);
    const read = underway.map((one) => ({
      one,
      reading: readReply(one.ready, one.place, asked.replies, this.deps.now()),
    }));
    const ended = [...(await this.#settle(read, asked)), ...(await this.#upload(read, asked))];
    await tellOfPortal(this.deps, this.portal, { asked, ended, turn: this.turn });
    return { ends: this.#ends, failed: asked.failed };
  }

  /** Notes down the steps as being in flight, and gives those that are. */
  async #begin(due: readonly DueStep[]): Promise<readonly Underway[]> {
    const all = due.map((one, place): Underway => {
      const { synced, step } = one.ready.found;
      const begun = beginStep(synced.portalCall, step, this.deps.now());
      return { ...one, callId: synced.call.callId, place, begun };
    });
    const begin = (some: readonly Underway[]) => this.deps.store.begin(some.map(({ begun }) => begun));
    const failures = await writeEach(all, ({ callId }) => callId, begin);
    this.#note(failures);
    return all.filter(({ callId }) => !failures.has(callId));
  }

  async #ask(underway: readonly Underway[]): Promise<Asked> {
    const commands = await Promise.all(underway.map(({ ready, place }) => commandsOf(ready, place)));
    const timeoutMs = timeoutOf(
      {
        stepClass: underway[0]?.ready.stepClass ?? 'backfill',
        commands: commands.flat().length,
        carriesFile: underway.some(({ ready }) => ready.file?.asText === true),
      },
      this.deps.timeouts,
    );
    // A single step's commands build on each other: no recording without a finish.
    return askPortal(this.deps, this.portal, commands.flat(), { timeoutMs, halt: underway.length === 1 });
  }

  /** Notes down the effect of all answers that end a step. */
  async #settle(read: readonly Read[], asked: Asked): Promise<readonly Ended[]> {
    const over = read.flatMap(({ one, reading }) => (reading.kind === 'ended' ? [{ one, reading }] : []));
    for (const { one, reading } of over) this.#ends.set(one.callId, endOf(reading.then, this.deps.now()));
    const settled = over.map(({ one, reading }) => ({
      portalCall: endStep(one.begun, one.ready.found.step, reading.answer),
      ledger: this.#rows(one, asked),
    }));
    const settle = (some: readonly SettledCall[]) => this.deps.store.settle(some);
    this.#note(await writeEach(settled, ({ portalCall }) => portalCall.callId, settle));
    return over.map(({ one, reading }) => ({ ...endedOf(one), then: reading.then }));
  }

  /** Uploads what the portal has given addresses for. How an upload ends is how its call goes on. */
  async #upload(read: readonly Read[], asked: Asked): Promise<readonly Ended[]> {
    const uploads = read.flatMap((each) => this.#uploadOf(each, asked));
    const ended = await uploadRecordings(this.deps, asked.portal, uploads, (one, exchanges) =>
      this.#ledger(one, 'attach-record', exchanges),
    );
    for (const { callId, then } of ended) this.#ends.set(callId, endOf(then, this.deps.now()));
    return ended;
  }

  #uploadOf({ one, reading }: Read, asked: Asked): Upload[] {
    const { file, found } = one.ready;
    const address = file && !file.asText && addressFor(one.place, asked.replies);
    if (!address) return [];
    if (reading.kind === 'upload')
      return [{ one, file, address, portalCall: one.begun, ledger: this.#rows(one, asked) }];
    const isFinished = reading.answer.kind === 'done' && this.#ends.get(one.callId)?.kind === 'go-on';
    const portalCall = endStep(one.begun, found.step, reading.answer);
    return isFinished ? [{ one, file, address, portalCall, ledger: [] }] : [];
  }

  #note(failures: ReadonlyMap<string, Error>): void {
    for (const [callId, error] of failures) this.#ends.set(callId, { kind: 'retry', error });
  }

  /** The ledger rows of all that was asked for a step. */
  #rows(one: Underway, { replies, batchId }: Asked): readonly LedgerEntry[] {
    return replies
      .filter(({ command }) => command.place === one.place)
      .flatMap(({ command, exchanges }: Reply) => this.#ledger(one, command.step, exchanges, batchId));
  }

  #ledger(
    { callId, ready: { stepClass }, readyAt }: Underway,
    step: PortalStep['kind'],
    exchanges: readonly PortalExchange[],
    batchId?: string,
  ): readonly LedgerEntry[] {
    const { portalId } = this.portal;
    const { turn } = this.turn;
    return ledgerEntries(exchanges, { callId, portalId, step, stepClass, readyAt, turn, batchId });
  }
}

function endedOf({ callId, ready, readyAt }: Underway): Omit<Ended, 'then'> {
  return { callId, readyAt, stepClass: ready.stepClass, uploads: uploadsOf(ready) };
}
