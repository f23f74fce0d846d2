import type { FoundStep, HeldCards } from '../compare';
import { retryMs } from '../patience';
import type { SendWaitingDeps, StepToAdd, SyncMark } from '../ports';

/** What becomes of the calls of one turn, gathered and written down together. */
export class Notes {
  readonly #marks: SyncMark[] = [];
  readonly #steps: StepToAdd[] = [];
  readonly #again: string[] = [];

  constructor(
    private readonly deps: SendWaitingDeps,
    private readonly portalId: string,
  ) {}

  /** The call is as far as it gets for now. */
  mark(mark: SyncMark): void {
    this.#marks.push(mark);
  }

  /** The step waits for its turn. */
  list(step: StepToAdd): void {
    this.#steps.push(step);
  }

  /** Cards that go together with others wait for them in the list. */
  hold({ callId, until }: HeldCards): void {
    const asideMs = Math.max(1, Math.ceil(until - this.deps.now()));
    this.list({ callId, stepClass: 'live-card', uploads: 0, asideMs });
  }

  /** The call has to be looked at once more: something has changed. */
  again(callId: string): void {
    this.#again.push(callId);
  }

  /** The step failed: its call is looked at again in a while, the longer it has been tried, the later. */
  tryLater({ synced: { call, portalCall } }: FoundStep, error: Error): void {
    const now = this.deps.now();
    const { callId, version } = call;
    const notBefore = now + retryMs(now - (portalCall.inFlight?.since ?? now));
    this.mark({ callId, version, settled: false, notBefore, problem: error.message });
  }

  /** Whom to look at once more; each is told once. */
  takeAgain(): readonly string[] {
    return this.#again.splice(0);
  }

  /** Writes everything down. */
  async write(): Promise<void> {
    const { turns, store, egress, now } = this.deps;
    await turns.add(this.portalId, egress, this.#steps.splice(0), now());
    await store.markSynced(...this.#marks.splice(0));
  }
}
