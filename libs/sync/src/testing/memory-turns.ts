import type {
  AskedTurn,
  StepClass,
  StepToAdd,
  TakenTurn,
  TakeOptions,
  Turn,
  WaitingStep,
  WaitingTurns,
} from '../ports';

const CLASSES: readonly StepClass[] = ['live-card', 'finish', 'recording', 'backfill', 'directory'];

/** A waiting list in memory. It gives every turn that is asked for, unless a test says otherwise. */
export class MemoryTurns implements WaitingTurns {
  /** What is said to those who ask next. */
  readonly answers: Turn[] = [];
  /** What is said to those who take the next turn. */
  readonly takings: Exclude<TakenTurn, { kind: 'taken' }>[] = [];
  readonly parked: string[] = [];
  #turn = 0;
  #waiting: WaitingStep[] = [];

  get waiting(): readonly WaitingStep[] {
    return this.#waiting;
  }

  ask({ callId, stepClass, uploads }: AskedTurn, now: number): Promise<Turn> {
    const answer = this.answers.shift();
    this.#leave([callId]);
    if (answer?.kind === 'listed') this.#waiting.push({ callId, stepClass, uploads, readyAt: now });
    return Promise.resolve(
      answer ?? { kind: 'granted', turn: (this.#turn += 1), readyAt: now, isProbe: false },
    );
  }

  add(_portalId: string, _egress: string, steps: readonly StepToAdd[], now: number): Promise<void> {
    this.#leave(steps.map(({ callId }) => callId));
    for (const { asideMs = 0, readyAt = now, ...step } of steps)
      this.#waiting.push({ ...step, readyAt: readyAt + asideMs });
    return Promise.resolve();
  }

  take(_portalId: string, _egress: string, { most }: TakeOptions, now: number): Promise<TakenTurn> {
    const answer = this.takings.shift();
    if (answer) return Promise.resolve(answer);
    const ready = this.#waiting
      .filter(({ readyAt }) => readyAt <= now)
      .sort((a, b) => CLASSES.indexOf(a.stepClass) - CLASSES.indexOf(b.stepClass) || a.readyAt - b.readyAt);
    const [first] = ready;
    if (!first) {
      const next = this.#waiting.map(({ readyAt }) => readyAt).sort((a, b) => a - b)[0];
      return Promise.resolve({ kind: 'nobody', until: next });
    }
    const isCard = first.stepClass === 'live-card';
    const steps = ready.filter(({ stepClass }) => !isCard || stepClass === 'live-card').slice(0, most);
    this.#leave(steps.map(({ callId }) => callId));
    const { stepClass } = first;
    return Promise.resolve({ kind: 'taken', turn: (this.#turn += 1), stepClass, isProbe: false, steps });
  }

  drop(_portalId: string, callIds: readonly string[]): Promise<void> {
    this.#leave(callIds);
    return Promise.resolve();
  }

  park(portalId: string): Promise<number> {
    this.parked.push(portalId);
    return Promise.resolve(this.#waiting.splice(0).length);
  }

  #leave(callIds: readonly string[]): void {
    this.#waiting = this.#waiting.filter(({ callId }) => !callIds.includes(callId));
  }
}
