import { describeEnd, type PhoneCall } from '../../phones';
import { StepFailure } from './step-failure';

export interface PlaceOptions {
  readonly name?: string;
  /** Shown instead of his own. */
  readonly number?: string;
  readonly isAnonymous?: boolean;
}

/** What carries the calls of a handset: a phone, or the trunk for somebody outside. */
export interface Line {
  readonly calls: () => readonly PhoneCall[];
  readonly place: (to: string, options: PlaceOptions) => PhoneCall;
  /** Switched on or off; missing for people outside, who always are. */
  readonly register?: () => Promise<void>;
  readonly unregister?: () => Promise<void>;
}

/** One phone of somebody in a scenario, and what can be asked of it there. */
export class Handset {
  readonly #claimed = new Set<PhoneCall>();

  constructor(
    /** "anna", "anna's desk". */
    readonly id: string,
    /** Name of whose it is. */
    readonly who: string,
    readonly kind: 'person' | 'client',
    /** As others call it. */
    readonly number: string,
    /** What is said at it, Hz. */
    readonly toneHz: number,
    readonly line: Line,
  ) {}

  /** All its calls, in the order in which they began. */
  get calls(): readonly PhoneCall[] {
    return this.line.calls();
  }

  get openCalls(): readonly PhoneCall[] {
    return this.calls.filter(({ end }) => !end);
  }

  /** The newest call that it could answer. */
  get ringing(): PhoneCall | undefined {
    return this.openCalls.filter((call) => call.direction === 'incoming' && !call.state.wasAnswered).at(-1);
  }

  get talks(): readonly PhoneCall[] {
    return this.openCalls.filter(({ state }) => state.wasAnswered);
  }

  /** A call that rings and that no step has waited for yet. From now on one has. */
  claimRinging(): boolean {
    const { ringing } = this;
    if (!ringing || this.#claimed.has(ringing)) return false;
    this.#claimed.add(ringing);
    return true;
  }

  /** Whether a call has come in that no step has waited for, over or not. */
  get hasUnclaimed(): boolean {
    return this.calls.some((call) => call.direction === 'incoming' && !this.#claimed.has(call));
  }

  /** The talk with a number, or the newest; @throws StepFailure when there is none */
  talkWith(numbers: readonly string[] | undefined, doing: string): PhoneCall {
    const talk = this.talks.filter((call) => numbers?.includes(call.far.number) ?? true).at(-1);
    // A transferred call shows the number it had; with one talk only there is no doubt which is meant.
    const found = talk ?? (this.talks.length === 1 ? this.talks[0] : undefined);
    if (found) return found;
    throw new StepFailure(`${this.id} ${doing}`, `${this.id} is in no talk: ${this.situation}`);
  }

  /** In words, what happens at it. */
  get situation(): string {
    const open = this.openCalls.map((call) => describeOpen(call));
    if (open.length > 0) return `${this.id} ${open.join(', and ')}`;
    const last = this.calls.at(-1);
    if (!last?.end) return `${this.id}'s phone has had no call`;
    return `${this.id}'s last call was ${describeEnd(last.end)}`;
  }
}

function describeOpen({ direction, state, far, tonesNow }: PhoneCall): string {
  const whom = far.name === '' || far.name === far.number ? far.number : `${far.number} "${far.name}"`;
  const heard = tonesNow.length > 0 ? `, hearing ${tonesNow.join(' and ')} Hz` : ', hearing nothing';
  if (state.wasAnswered) return `talks with ${whom}${state.isHeldByThem ? ', on hold' : ''}${heard}`;
  return direction === 'incoming'
    ? `is called by ${whom}`
    : `calls ${whom} (${state.status})${state.hasEarlyMedia ? heard : ''}`;
}
