import type { EventRecord } from '../captured-calls/captured-event';
import { systemClock, type ReplayClock } from '../replay-switch/clock';
import type { ReceivedCommand } from '../replay-switch/replay-options';
import type { Drop } from '../replay-switch/socket/listener';
import { heartbeat } from '../replay-switch/state/own-events';
import { Waiting } from '../replay-switch/waiting';
import { Signal, until } from './core';
import { Life, type LifePorts } from './life';
import type { EmbeddedSwitchOptions } from './options';
import { RegistrationTable } from './sofia';

const HEARTBEAT_MS = 20_000;
/** How long calls may take to end before a graceful shutdown goes on without them (captures: 2 s). */
const SHUTDOWN_MS = 2000;

/**
 * A FreeSWITCH for machines without one: SIP phones register and call, the dial plan runs, programs listen and command by
 * the event socket, as they would with the real one. What it simulates, and what not, is in the README.
 *
 * Up (from `start`) -> down (`crash`, `shutDown`) -> up again with a new Core-UUID and no channels, phones still
 * registered -> ... -> stopped.
 */
export class EmbeddedSwitch {
  /** Commands of the event socket in order of arrival, passwords included: this is for tests. */
  readonly log: ReceivedCommand[] = [];
  readonly #clock: ReplayClock;
  readonly #registrations = new RegistrationTable();
  readonly #events = new Waiting<EventRecord>();
  readonly #changed = new Signal();
  readonly #errors: unknown[] = [];
  #life: Life | undefined;
  #ports: LifePorts;
  #isFrozen = false;
  #isPaused = false;
  #isStopped = false;
  #stopHeart: () => void = () => undefined;

  private constructor(private readonly options: EmbeddedSwitchOptions) {
    this.#clock = options.clock ?? systemClock;
    this.#ports = {
      eventSocket: options.eventSocketPort ?? options.plan.eventSocket.port,
      sip: options.sipPorts ?? {},
      ws: options.wsPorts ?? {},
    };
  }

  /** Starts a switch that listens. @throws the system's error when a port is taken; nothing listens then */
  static async start(options: EmbeddedSwitchOptions): Promise<EmbeddedSwitch> {
    const started = new EmbeddedSwitch(options);
    await started.#comeUp();
    return started;
  }

  get isUp(): boolean {
    return this.#life !== undefined;
  }

  get coreUuid(): string {
    return this.#up.core.identity.coreUuid;
  }

  get eventSocketPort(): number {
    return this.#ports.eventSocket;
  }

  /** Living channels. */
  get channelCount(): number {
    return this.#life?.core.channels.length ?? 0;
  }

  /** Mistakes of the switch itself that have happened so far; a spec should see none. */
  get errors(): readonly unknown[] {
    return this.#errors;
  }

  /** Port of a SIP profile, for UDP and TCP. */
  sipPort(profile: string): number {
    return this.#ports.sip[profile] ?? 0;
  }

  /** Port for WebSocket phones of a profile; 0 = it has none. */
  wsPort(profile: string): number {
    return this.#ports.ws[profile] ?? 0;
  }

  /** Runs an api command, as a client of the event socket would. */
  api(line: string): Promise<string> {
    const [command = '', ...args] = line.split(' ');
    return this.#up.desk.call(command, args.join(' '));
  }

  /** The next event that is wanted, at the moment it happens, whether or not anybody hears it. */
  nextEvent(wanted: (record: EventRecord) => boolean): Promise<EventRecord> {
    return this.#events.next(wanted);
  }

  /** Resolves when there is no channel any more. */
  async idle(): Promise<void> {
    while (this.channelCount > 0) await until([this.#changed], () => this.channelCount === 0, 100);
  }

  /** Ends all connections of the event socket, politely or not. New ones are welcome at once. */
  dropConnections(how: Drop = 'fin'): void {
    this.#up.eventSocket.server.drop(how);
  }

  /** Every event leaves that much later than it happened; 0 = at once. */
  slowEvents(ms: number): void {
    this.#up.eventSocket.outlet.delayMs = ms;
  }

  /** The process stands still: neither SIP nor commands are answered, no events come. Connections stay. */
  freeze(): void {
    this.#setFrozen(true);
  }

  /** It goes on with what has arrived meanwhile. */
  thaw(): void {
    this.#setFrozen(false);
  }

  /**
   * The process is killed: all sockets end, no event is fired, recordings stay as they are. It comes up again after
   * `downMs`, with a new Core-UUID.
   */
  async crash({ downMs = 0 }: { readonly downMs?: number } = {}): Promise<void> {
    await this.#goDown();
    if (downMs > 0) await new Promise<void>((resolve) => this.#clock.after(downMs, resolve));
    await this.#comeUp();
  }

  /**
   * `fsctl shutdown`: SHUTDOWN, every call ends with SYSTEM_SHUTDOWN, clients are told and let go. It stays down until
   * `comeUp`.
   */
  async shutDown(): Promise<void> {
    const life = this.#up;
    const { core, eventSocket } = life;
    core.isVerbose = true;
    core.events.fire('SHUTDOWN', { 'Event-Info': 'System Shutting Down' });
    await core.hangUpAll('SYSTEM_SHUTDOWN', SHUTDOWN_MS);
    eventSocket.server.notify('The system is being shut down.\n');
    eventSocket.server.drop('fin');
    if (this.#life === life) await this.#goDown();
  }

  /** Starts again after a shutdown, on the same ports. */
  async comeUp(): Promise<void> {
    if (!this.#life) await this.#comeUp();
  }

  /** Ends everything, and gives the ports back. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#setFrozen(false);
    await this.#goDown();
    this.#registrations.stop();
    this.#events.giveUp(new Error('the embedded switch was stopped'));
  }

  get #up(): Life {
    if (!this.#life) throw new Error('the embedded switch is down');
    return this.#life;
  }

  async #goDown(): Promise<void> {
    const life = this.#life;
    this.#life = undefined;
    this.#stopHeart();
    await life?.end();
    this.#changed.notify();
  }

  async #comeUp(): Promise<void> {
    if (this.#isStopped) return;
    const life = await Life.start({
      options: this.options,
      clock: this.#clock,
      registrations: this.#registrations,
      control: this.#control(),
      ports: this.#ports,
      watch: (connection) => ({
        received: (command) => this.log.push({ at: this.#clock.now(), connection, ...command }),
        answered: () => undefined,
      }),
      thawed: () => this.#thawed(),
      failed: (error) => this.#failed(error),
    });
    this.#life = life;
    const { profiles } = life.sofia;
    this.#ports = {
      eventSocket: life.eventSocketPort,
      sip: Object.fromEntries([...profiles].map(([name, { stack }]) => [name, stack.port])),
      ws: Object.fromEntries([...profiles].map(([name, { stack }]) => [name, stack.wsPort ?? 0])),
    };
    life.core.events.listen({
      // what a test waits for need not be heard by anybody else, so nothing is built for it alone
      hears: () => false,
      happened: (record) => {
        this.#events.seen(record);
        this.#changed.notify();
      },
    });
    this.#beat();
  }

  #control() {
    const crash = (): void => void this.crash();
    const shutDown = async (restarts: boolean): Promise<void> => {
      await this.shutDown();
      if (restarts) await this.comeUp();
    };
    const isPaused = (): boolean => this.#isPaused;
    const setPaused = (value: boolean): void => {
      this.#isPaused = value;
    };
    return {
      crash,
      shutDown: (restarts: boolean): void => void shutDown(restarts),
      get isPaused() {
        return isPaused();
      },
      set isPaused(value: boolean) {
        setPaused(value);
      },
    };
  }

  #setFrozen(isFrozen: boolean): void {
    this.#isFrozen = isFrozen;
    const life = this.#life;
    if (life) {
      life.sofia.isFrozen = isFrozen;
      life.eventSocket.outlet.isHeld = isFrozen;
    }
    this.#changed.notify();
  }

  async #thawed(): Promise<void> {
    await until([this.#changed], () => !this.#isFrozen);
  }

  #failed(error: unknown): void {
    this.#errors.push(error);
    this.options.onError?.(error);
  }

  #beat(): void {
    const everyMs = this.options.heartbeatMs ?? HEARTBEAT_MS;
    if (everyMs <= 0) return;
    this.#stopHeart = this.#clock.after(everyMs, () => {
      const core = this.#life?.core;
      if (!core) return;
      core.events.fireMade(heartbeat(core.identity, core.clock.now(), core.upMs, core.counts));
      this.#beat();
    });
  }
}

/** Starts an embedded switch (see `EmbeddedSwitch`). */
export function startEmbeddedSwitch(options: EmbeddedSwitchOptions): Promise<EmbeddedSwitch> {
  return EmbeddedSwitch.start(options);
}
