import {
  Switchboard,
  type Call,
  type CallAnomaly,
  type Change,
  type ClickEnd,
  type Observation,
} from '@app/calls';
import type { GroupCommit } from './group-commit';

/** What happens to a click without a channel happens in no life of the switch. */
const NO_LIFE = 'none';

/** Where the observations of a switch come together: its calls in memory, and the journal they are written to. */
export interface CallIntakeOptions {
  readonly callIdFor: (channelUuid: string, coreUuid: string) => string;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onAnomaly: (anomaly: CallAnomaly) => void;
  /** Hears of every call that changed, before it is written. */
  readonly onChange?: (calls: readonly Call[]) => void;
}

/**
 * Turns what is seen on one switch into committed calls: observation -> call in memory -> group commit. Only this
 * writes the calls of the switch, and in the order in which the switch told them.
 */
export class CallIntake {
  private readonly board: Switchboard;

  constructor(
    private readonly commit: GroupCommit,
    private readonly options: CallIntakeOptions,
  ) {
    this.board = new Switchboard({ callIdFor: options.callIdFor });
  }

  /** Takes back the calls that were open when the gateway stopped. */
  restore(calls: readonly Call[]): void {
    this.board.restore(calls);
    this.options.onChange?.(calls);
  }

  /** Applies what was seen, in order. */
  take(observations: readonly Observation[]): void {
    for (const seen of observations) {
      const { changes, anomalies } = this.board.take(seen);
      this.write(changes, seen.coreUuid, seen.moment.seq);
      for (const anomaly of anomalies) this.options.onAnomaly(anomaly);
    }
  }

  /** The switch lives: an event that concerns no call. */
  heard(coreUuid: string, at: number, sequence: number): void {
    this.write(this.board.heard(coreUuid, { at, seq: sequence }), coreUuid, sequence);
  }

  /** Ends the channels that the switch does not know any more. */
  reconcile(alive: ReadonlySet<string>, coreUuid: string): void {
    this.write(this.board.reconcile(alive, coreUuid), coreUuid, 0);
  }

  /** Takes the call of a click that is about to be dialled; it is written already. */
  expectClick(call: Call): void {
    this.board.expectClick(call);
    this.options.onChange?.([call]);
  }

  /** Whether a click waits for its first channel. */
  awaitsChannel(callId: string): boolean {
    return this.board.awaitsChannel(callId);
  }

  /** A click came to nothing; what channels of it there are go on. */
  endClick(callId: string, end: Omit<ClickEnd, 'moment'>): void {
    this.write(this.board.endClick(callId, end, this.options.now()), NO_LIFE, 0);
  }

  /** Ends the clicks that were sent to the switch and of which it shows no channel, after its channels were taken. */
  endLostClicks(): void {
    this.write(this.board.endClicksWithoutChannel('lost', this.options.now()), NO_LIFE, 0);
  }

  /** Ends the clicks that wait for a switch which does not come back. */
  endStrandedClicks(begunBefore: number): void {
    const changes = this.board.endClicksWithoutChannel('switch-away', this.options.now(), begunBefore);
    this.write(changes, NO_LIFE, 0);
  }

  /** The call of a channel, if it is known and not forgotten. */
  callOf(channelUuid: string): Call | undefined {
    return this.board.callOf(channelUuid);
  }

  /** `Core-UUID` of the life of the switch that we follow; undefined before its first word. */
  get life(): string | undefined {
    return this.board.life;
  }

  /** Drops calls that ended before `before`, epoch ms. */
  forgetEnded(before: number): void {
    this.board.forgetEnded(before);
  }

  private write(changes: readonly Change[], coreUuid: string, sequence: number): void {
    const observedAt = this.options.now();
    if (changes.length > 0) this.options.onChange?.(changes.map(({ call }) => call));
    for (const { call, events } of changes) {
      this.commit.add({ call, events: events.map((event) => ({ event, coreUuid, sequence, observedAt })) });
    }
  }
}
