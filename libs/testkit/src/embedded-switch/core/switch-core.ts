import { randomUUID } from 'node:crypto';
import type { ReplayClock } from '../../replay-switch/clock';
import type { SwitchIdentity } from '../../replay-switch/state/own-events';
import type { RtpPorts, Ticker } from '../media';
import type { Application } from './application';
import type { CallDirection } from './caller-profile';
import type { Cause } from './causes';
import { Channel } from './channel';
import type { CorePort, HuntTarget, PlannedApplication } from './core-port';
import { EventBus } from './event-bus';
import { executeApplication } from './execute-application';
import { expand } from './expand';
import { hangUp } from './hang-up';
import { lookUpVariable } from './lookup-variable';
import { abandonRecordings } from './recordings';
import { runChannel } from './run-channel';
import { Signal, until } from './signal';

/** What the core is given by those who know more: the dial plan, the applications, the api commands ... */
export interface CoreParts {
  readonly switchName: string;
  readonly clock: ReplayClock;
  readonly ticker: Ticker;
  readonly rtpPorts: RtpPorts;
  readonly applications: ReadonlyMap<string, Application<Channel>>;
  readonly globals: Map<string, string>;
  hunt(channel: Channel, target: HuntTarget): readonly PlannedApplication[] | undefined;
  /** An api command inside an expression; undefined = there is none of that name. */
  api(command: string, args: string, channel: Channel): string | undefined;
  park(channel: Channel): Promise<void>;
  report(channel: Channel): Promise<void>;
  /** A channel is no more. */
  forgotten(channel: Channel): void;
  failed(error: unknown): void;
}

/** One life of the switch, from a start to the end of the process: its Core-UUID, its events, its channels. */
export class SwitchCore implements CorePort<Channel> {
  readonly identity: SwitchIdentity;
  readonly events: EventBus;
  readonly #channels = new Map<string, Channel>();
  readonly #changed = new Signal();
  readonly #startedAt: number;
  #created = 0;
  #peak = 0;
  isVerbose = false;

  constructor(private readonly parts: CoreParts) {
    this.identity = { coreUuid: randomUUID(), switchName: parts.switchName };
    this.events = new EventBus(this.identity, parts.clock);
    this.#startedAt = parts.clock.now();
  }

  get clock(): ReplayClock {
    return this.parts.clock;
  }

  get ticker(): Ticker {
    return this.parts.ticker;
  }

  get rtpPorts(): RtpPorts {
    return this.parts.rtpPorts;
  }

  get upMs(): number {
    return this.clock.now() - this.#startedAt;
  }

  get channels(): readonly Channel[] {
    return [...this.#channels.values()];
  }

  get counts(): { now: number; sinceStartup: number; peak: number } {
    return { now: this.#channels.size, sinceStartup: this.#created, peak: this.#peak };
  }

  nowUs(): number {
    return Math.floor(this.clock.now()) * 1000;
  }

  /**
   * A new channel with the variables that every channel has.
   *
   * @param uuid preset by who originates it
   * @returns undefined when a channel of that uuid exists: it is refused, never doubled
   */
  create(direction: CallDirection, uuid: string = randomUUID()): Channel | undefined {
    if (this.#channels.has(uuid)) return undefined;
    const channel = new Channel(this, uuid, direction);
    this.#channels.set(uuid, channel);
    this.#created += 1;
    this.#peak = Math.max(this.#peak, this.#channels.size);
    channel.variables.set('direction', direction);
    if (direction === 'outbound') channel.variables.set('is_outbound', 'true');
    channel.variables.set('uuid', uuid);
    channel.variables.set('call_uuid', uuid);
    channel.variables.set('session_id', String(this.#created));
    return channel;
  }

  /** A channel that has not hung up: others cannot be found any more (switch_core_session_read_lock). */
  locate(uuid: string): Channel | undefined {
    const channel = this.#channels.get(uuid);
    return channel?.isUp ? channel : undefined;
  }

  launch(channel: Channel): void {
    if (channel.hasStarted) return;
    channel.hasStarted = true;
    runChannel(channel).catch((error: unknown) => this.failed(error));
  }

  hangUp(channel: Channel, cause: Cause): void {
    hangUp(channel, cause);
  }

  execute(channel: Channel, application: string, data: string): Promise<boolean> {
    return executeApplication(channel, this.parts.applications.get(application.toLowerCase()), data);
  }

  expand(channel: Channel, text: string): string {
    return expand(text, {
      variable: (name) => lookUpVariable(channel, name),
      api: (command, args) => this.api(channel, command, args),
    });
  }

  api(channel: Channel, command: string, args: string): string | undefined {
    return this.parts.api(command, args, channel);
  }

  hunt(channel: Channel, target: HuntTarget = channel.profile): readonly PlannedApplication[] | undefined {
    return this.parts.hunt(channel, target);
  }

  globalVariable(name: string): string | undefined {
    return this.parts.globals.get(name);
  }

  setGlobalVariable(name: string, value: string | undefined): void {
    if (value === undefined) this.parts.globals.delete(name);
    else this.parts.globals.set(name, value);
  }

  park(channel: Channel): Promise<void> {
    return this.parts.park(channel);
  }

  async report(channel: Channel): Promise<void> {
    try {
      await this.parts.report(channel);
    } catch (error) {
      this.failed(error);
    }
  }

  failed(error: unknown): void {
    this.parts.failed(error);
  }

  forget(channel: Channel): void {
    this.#channels.delete(channel.uuid);
    this.parts.forgotten(channel);
    this.#changed.notify();
  }

  /** Ends every call, and waits until all of them are gone (at most `ms`). */
  async hangUpAll(cause: Cause, ms: number): Promise<void> {
    for (const channel of this.channels) hangUp(channel, cause);
    await until([this.#changed], () => this.#channels.size === 0, ms);
  }

  /** The process was killed: nobody is told anything, nobody hears what is still going on. */
  abandon(): void {
    this.events.mute();
    for (const channel of this.channels) {
      abandonRecordings(channel);
      channel.endpoint.abandon();
    }
    this.#channels.clear();
  }
}
