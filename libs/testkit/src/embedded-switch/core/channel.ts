import type { WavRecorder } from '../media';
import { cloneProfile, noTimes, type CallDirection, type CallerProfile } from './caller-profile';
import type { Cause } from './causes';
import { stateNumber, type CallState, type ChannelState, type Flag } from './channel-states';
import type { CorePort, PlannedApplication } from './core-port';
import type { Endpoint } from './endpoint';
import { Signal, until } from './signal';
import type { StateHandler } from './state-handler';
import { Variables } from './variables';

/** Something that the channel itself has to do between two things it does (switch_core_session_queue_private_event). */
export interface Errand {
  readonly run: () => Promise<void>;
  /** No other one begins before it is done (event-lock). */
  readonly locks: boolean;
}

/** Gets a key before anybody else; true = nobody else gets it. */
export type KeyHook = (digit: string) => boolean;

/** An application that was run, with its moment in microseconds. */
export interface AppLogEntry extends PlannedApplication {
  readonly stamp: number;
}

/** How a recording came to its end; "untold" = nobody says. */
export type Completion = 'success-silence' | 'success-maxtime' | 'input-too-short' | 'empty-file' | 'untold';

/** A recording that runs on a channel. */
export interface Recording {
  readonly recorder: WavRecorder;
  /** Ends the listening. */
  readonly untap: () => void;
  /** What is said of it when the call ends. */
  readonly atHangup: Completion;
}

/**
 * One leg of a call. Its state is set from anywhere; `run-channel.ts` is the "thread" that follows. All waiting is done
 * with `until`, and everything that may end a wait calls `poke`.
 */
export class Channel {
  readonly signal = new Signal();
  readonly variables = new Variables();
  /** Newest first. */
  readonly profiles: CallerProfile[] = [];
  readonly handlers: StateHandler<Channel>[] = [];
  readonly appLog: AppLogEntry[] = [];
  /** Keys that were pressed and not yet read. */
  readonly pressed: string[] = [];
  readonly dialedDigits: string[] = [];
  /** Running recordings by path. */
  readonly recordings = new Map<string, Recording>();
  readonly holds: { on: number; off: number }[] = [];
  /** Gets the keys that the phone presses. */
  receivedKeys: KeyHook | undefined;
  /** Gets the keys that the other side of a bridge has pressed. */
  sentKeys: KeyHook | undefined;
  /** Stands before all others while another extension is executed (execute_extension). */
  huntProfile: CallerProfile | undefined;
  /** The dial plan being executed. */
  plan: PlannedApplication[] | undefined;
  /** What is executed next in place of what the dial plan would say. */
  queuedPlan: readonly PlannedApplication[] | undefined;
  name = '';
  state: ChannelState = 'CS_NEW';
  runningState: ChannelState = 'CS_NONE';
  callState: CallState = 'DOWN';
  hangupCause: Cause | undefined;
  lastProfileType: 'originator' | 'originatee' = 'originatee';
  hasStarted = false;
  readonly #errands: Errand[] = [];
  #isLocked = false;
  #holders = 0;
  readonly #flags = new Set<Flag>();
  readonly #stateFlags = new Set<Flag>();
  #endpoint: Endpoint | undefined;

  constructor(
    readonly core: CorePort<Channel>,
    readonly uuid: string,
    readonly direction: CallDirection,
  ) {}

  get endpoint(): Endpoint {
    if (!this.#endpoint) throw new Error(`the channel ${this.uuid} has no endpoint yet`);
    return this.#endpoint;
  }

  set endpoint(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  /** The newest caller profile; while another extension is executed, the one that was made for it. */
  get profile(): CallerProfile {
    return this.huntProfile ?? this.ownProfile;
  }

  /** The newest caller profile, whatever extension is executed. */
  get ownProfile(): CallerProfile {
    return this.profiles[0] ?? this.#firstProfile();
  }

  /** Keeps the profile of the leg that this one was made for, or that was made for it. */
  setPartnerProfile(role: 'originator' | 'originatee', profile: CallerProfile): void {
    this.ownProfile[role] = profile;
    this.lastProfileType = role;
  }

  /** Begins a new profile, as a transfer does; whom it was connected with belongs to the old one. */
  stepProfile(changes: Partial<CallerProfile> = {}): CallerProfile {
    const { times } = this.profile;
    const { created, answered, progress, progressMedia, hungup } = times;
    const profileCreated = this.core.nowUs();
    times.transferred = profileCreated;
    const next = cloneProfile(this.profile, {
      transferSource: '',
      ...changes,
      profileIndex: String(this.profiles.length + 1),
      times: { ...noTimes(), profileCreated, created, answered, progress, progressMedia, hungup },
    });
    this.profiles.unshift(next);
    this.huntProfile = undefined;
    return next;
  }

  has(flag: Flag): boolean {
    return this.#flags.has(flag);
  }

  setFlag(flag: Flag): void {
    this.#flags.add(flag);
    this.poke();
  }

  clearFlag(flag: Flag): void {
    if (this.#flags.delete(flag)) this.poke();
  }

  /** A flag for the next state: it is set when the channel gets there. */
  setStateFlag(flag: Flag): void {
    this.#stateFlags.add(flag);
  }

  applyStateFlags(): void {
    this.#stateFlags.forEach((flag) => this.#flags.add(flag));
    this.#stateFlags.clear();
  }

  /** Not hung up (switch_channel_up_nosig). */
  get isUp(): boolean {
    return stateNumber(this.state) < stateNumber('CS_HANGUP');
  }

  /** Whether what the channel is doing may go on (switch_channel_ready, asked by itself). */
  get isReady(): boolean {
    return this.isReadyOutside && this.runningState === this.state;
  }

  /** The same, asked by somebody else: a change of state that is still to come does not count. */
  get isReadyOutside(): boolean {
    return (
      this.hangupCause === undefined &&
      this.isUp &&
      stateNumber(this.state) > stateNumber('CS_ROUTING') &&
      this.state !== 'CS_RESET' &&
      !this.has('TRANSFER') &&
      !this.has('NOT_READY')
    );
  }

  addHandler(handler: StateHandler<Channel>): void {
    if (!this.handlers.includes(handler)) this.handlers.push(handler);
  }

  /** Takes one handler away, or all of them. */
  clearHandlers(handler?: StateHandler<Channel>): void {
    const kept = handler ? this.handlers.filter((each) => each !== handler) : [];
    this.handlers.splice(0, this.handlers.length, ...kept);
  }

  /** Whether the phone and the switch hear each other (switch_channel_media_ready without the readiness). */
  get hasMedia(): boolean {
    return (
      (this.has('ANSWERED') || this.has('EARLY_MEDIA')) &&
      !this.has('PROXY_MODE') &&
      this.endpoint.codec !== undefined
    );
  }

  /** Changes the state; the channel follows when it comes to it. The end cannot be undone. */
  setState(state: ChannelState): void {
    if (state === this.state || (!this.isUp && stateNumber(state) < stateNumber(this.state))) return;
    this.state = state;
    this.poke();
  }

  /** Something has changed: everybody who waits for this channel looks again. */
  poke(): void {
    this.signal.notify();
  }

  /** Waits for a condition on this channel, and on others if given. */
  until(condition: () => boolean, ms?: number, others: readonly Channel[] = []): Promise<boolean> {
    return until([this.signal, ...others.map(({ signal }) => signal)], condition, ms);
  }

  /** Gives the channel something to do as soon as it can. */
  queue(run: () => Promise<void>, locks = false): void {
    this.#errands.push({ run, locks });
    this.poke();
  }

  /** Whether there is something to do now. */
  get hasErrand(): boolean {
    return this.#errands.length > 0 && !this.#isLocked;
  }

  /** Does the next errand. */
  async runErrand(): Promise<void> {
    if (this.#isLocked) return;
    const errand = this.#errands.shift();
    if (!errand) return;
    this.#isLocked = errand.locks;
    try {
      await errand.run();
    } finally {
      if (errand.locks) this.#isLocked = false;
      this.poke();
    }
  }

  /** Somebody needs the channel: it is not destroyed before it is released (switch_core_session_read_lock). */
  hold(): void {
    this.#holders += 1;
  }

  release(): void {
    this.#holders -= 1;
    this.poke();
  }

  get isHeld(): boolean {
    return this.#holders > 0;
  }

  /** The channel it is bridged with, or is being connected with. */
  get partner(): Channel | undefined {
    const uuid = this.variables.get('signal_bond') ?? this.variables.get('originate_signal_bond');
    return uuid === undefined ? undefined : this.core.locate(uuid);
  }

  #firstProfile(): never {
    throw new Error(`the channel ${this.uuid} has no caller profile yet`);
  }
}
