import type { ReplayClock } from '../../replay-switch/clock';
import type { RtpPorts, Ticker } from '../media';
import type { Cause } from './causes';
import type { EventBus } from './event-bus';

/** One step of a dial plan. */
export interface PlannedApplication {
  readonly application: string;
  readonly data: string;
}

/** An extension. */
export interface HuntTarget {
  readonly destinationNumber: string;
  readonly dialplan: string;
  readonly context: string;
}

/** What a channel, and everything that works on one, may ask of the switch. `C` is the channel. */
export interface CorePort<C> {
  readonly events: EventBus;
  readonly clock: ReplayClock;
  readonly ticker: Ticker;
  readonly rtpPorts: RtpPorts;
  /** After SHUTDOWN every event carries the variables. */
  readonly isVerbose: boolean;
  /** Microseconds since 1970, as events state moments. */
  nowUs(): number;
  /** A living channel. */
  locate(uuid: string): C | undefined;
  hangUp(channel: C, cause: Cause): void;
  /** Starts the thread of a channel. */
  launch(channel: C): void;
  /** Runs an application on a channel; false = the dial plan must not go on. */
  execute(channel: C, application: string, data: string): Promise<boolean>;
  /** Replaces `${...}` by variables of the channel and answers of api commands. */
  expand(channel: C, text: string): string;
  /** Runs an api command for a channel, as an expression does; undefined = there is none of that name. */
  api(channel: C, command: string, args: string): string | undefined;
  /**
   * What the dial plan says for a channel now; undefined = nothing matched, or there is no such dial plan.
   *
   * @param target another extension than the one of the caller profile (execute_extension)
   */
  hunt(channel: C, target?: HuntTarget): readonly PlannedApplication[] | undefined;
  /** A variable of the whole switch. */
  globalVariable(name: string): string | undefined;
  /** CS_PARK: waits in limbo (switch_ivr_park). */
  park(channel: C): Promise<void>;
  /** The call detail record is due; the leg waits for it. */
  report(channel: C): Promise<void>;
  /** Something went wrong that should not: a mistake in the switch itself. */
  failed(error: unknown): void;
  /** A channel is no more. */
  forget(channel: C): void;
}
