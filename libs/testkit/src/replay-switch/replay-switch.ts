import { randomUUID } from 'node:crypto';
import { headerText } from '../captured-calls/captured-event';
import type { Capture, CapturedEvent, CaptureMarker, EventRecord } from '../captured-calls/captured-event';
import { systemClock, type ReplayClock } from './clock';
import { Player, type PlayReport } from './play/player';
import { RecordingKeeper } from './play/recording-keeper';
import { rewriteEvents, type RewriteEvent, type Rewriting } from './play/rewrite-events';
import type { PlayOptions, ReceivedCommand, ReplaySwitchOptions } from './replay-options';
import { EslServer } from './socket/esl-server';
import type { SwitchDoor } from './socket/esl-session';
import { Logins } from './socket/logins';
import { ApiDesk } from './state/api-desk';
import { Registrations } from './state/registrations';
import { SwitchCore } from './state/switch-core';
import { Waiting } from './waiting';

const HEARTBEAT_MS = 20_000;
const PASSWORD = 'ClueCon';
const SWITCH_NAME = 'fscorpus';

/**
 * A FreeSWITCH event socket that plays captured calls: real TCP, the real wire format, api commands answered from the
 * state of what has been played. It makes no calls of its own, and no command changes a call.
 *
 * Up (from `start`) -> down (`restart`, or a capture that loses its switch: clients are refused) -> up again with a new
 * Core-UUID, no channels and Event-Sequence from 1 -> ... -> stopped. Events go on while nobody is connected, and are
 * lost to those who are away.
 */
export class ReplaySwitch {
  /** Commands in order of arrival, passwords included: this is for tests. */
  readonly log: ReceivedCommand[] = [];
  readonly #options: ReplaySwitchOptions;
  readonly #clock: ReplayClock;
  readonly #server: EslServer;
  readonly #desk: ApiDesk;
  readonly #registrations = new Registrations();
  readonly #plays = new Map<Player, Promise<PlayReport>>();
  readonly #events = new Waiting<EventRecord>();
  readonly #commands = new Waiting<string>();
  #core: SwitchCore;
  #port = 0;
  #isUp = false;
  #isStopped = false;
  #closed: Promise<void> = Promise.resolve();
  #stopHeart: () => void = () => undefined;

  /** Starts a switch that listens. */
  static async start(options: ReplaySwitchOptions = {}): Promise<ReplaySwitch> {
    const started = new ReplaySwitch(options);
    await started.#comeUp(options.port ?? 0);
    return started;
  }

  private constructor(options: ReplaySwitchOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#core = this.#newCore();
    this.#desk = new ApiDesk(options.answers ?? {}, () => this.#core);
    this.#server = new EslServer(this.host, this.#door(), (connection) => ({
      received: (command) => this.log.push({ at: this.#clock.now(), connection, ...command }),
      answered: ({ line }) => this.#commands.seen(line),
    }));
    for (const address of options.registered ?? []) {
      this.#registrations.add(address, this.#core.identity.switchName, this.#clock.now());
    }
  }

  get host(): string {
    return this.#options.host ?? '127.0.0.1';
  }

  get port(): number {
    return this.#port;
  }

  get coreUuid(): string {
    return this.#core.identity.coreUuid;
  }

  /** Clients that are logged in. */
  get clients(): number {
    return this.#server.clients;
  }

  /**
   * Plays a capture. Several may be played at once: they share the Core-UUID, and Event-Sequence counts through all of
   * them. HEARTBEATs of the capture are left out, the switch has its own heart.
   *
   * @returns when it has been played to the end, or was cut off by a restart or by `stop`.
   * @throws when the switch is down, or a recording cannot be written.
   */
  async play(capture: Capture, options: PlayOptions = {}): Promise<PlayReport> {
    if (!this.#isUp) throw new Error('the replay switch is down: nothing can be played');
    const { speed = 1, pauseAfter, recordingsDir, tornRecordings } = options;
    const keeper = recordingsDir === undefined ? undefined : new RecordingKeeper(tornRecordings);
    const rewrite = rewriteEvents(capture, this.#rewriting(capture, options, speed), () => this.coreUuid);
    const player: Player = new Player(capture, { speed, pauseAfter }, this.#clock, {
      event: (event) => this.#playEvent(event, rewrite, keeper),
      marker: (marker) => this.#playMarker(marker, player, keeper),
      drained: () => this.#server.drained(),
    });
    const playing = player.run();
    this.#plays.set(player, playing);
    try {
      return await playing;
    } finally {
      this.#plays.delete(player);
      keeper?.abandon();
    }
  }

  /** Time stands still for all plays. */
  pause(): void {
    for (const player of this.#plays.keys()) player.pause();
  }

  resume(): void {
    for (const player of this.#plays.keys()) player.resume();
  }

  /** Sends an event that is in no capture; the switch adds what every event has. Gives it as sent. */
  fire(headers: EventRecord): EventRecord {
    return this.#emit(this.#core.foreignEvent(headers));
  }

  /** The next event that is wanted, at the moment it is sent, whether or not anybody hears it. */
  nextEvent(wanted: (record: EventRecord) => boolean): Promise<EventRecord> {
    return this.#events.next(wanted);
  }

  /** The first line of the next command that is wanted, after it has been answered. */
  nextCommand(wanted: (line: string) => boolean): Promise<string> {
    return this.#commands.next(wanted);
  }

  /** Resolves when some client has subscribed the event: what is played from then on is heard. */
  async subscribed(name: string, subclass?: string): Promise<void> {
    const heard = (): boolean => this.#server.anyoneHears(name, subclass);
    if (!heard()) await this.#commands.next(heard);
  }

  /** Ends all connections, politely or not. New ones are welcome at once. */
  dropConnections(how: 'fin' | 'rst' = 'fin'): void {
    this.#server.drop(how);
  }

  /**
   * The switch is killed and started again: all plays are cut, all channels gone without an event.
   *
   * @param downMs how long clients are refused in between
   */
  async restart({ downMs = 0 }: { readonly downMs?: number } = {}): Promise<void> {
    this.#goDown();
    if (downMs > 0) await new Promise<void>((resolve) => this.#clock.after(downMs, resolve));
    await this.#comeUp(this.#port);
  }

  /** Cuts all plays, ends all connections and gives the port back. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#goDown();
    this.#server.drop('now');
    await Promise.allSettled([this.#closed, ...this.#plays.values()]);
    const stopped = new Error('the replay switch was stopped');
    this.#events.giveUp(stopped);
    this.#commands.giveUp(stopped);
  }

  /** @param survivor the play that tells of the end itself, and goes on after it */
  #goDown(survivor?: Player): void {
    this.#isUp = false;
    this.#stopHeart();
    for (const player of this.#plays.keys()) if (player !== survivor) player.cut();
    this.#closed = this.#server.close('fin');
  }

  async #comeUp(port: number): Promise<void> {
    if (this.#isUp || this.#isStopped) return;
    this.#isUp = true;
    this.#core = this.#newCore();
    this.#port = await this.#server.listen(port);
    this.#beat();
  }

  #newCore(): SwitchCore {
    return new SwitchCore(this.#options.switchName ?? SWITCH_NAME, this.#registrations, this.#clock);
  }

  #beat(): void {
    const everyMs = this.#options.heartbeatMs ?? HEARTBEAT_MS;
    if (everyMs <= 0) return;
    this.#stopHeart = this.#clock.after(everyMs, () => {
      this.#emit(this.#core.heartbeat());
      this.#beat();
    });
  }

  #rewriting(capture: Capture, options: PlayOptions, speed: number): Rewriting {
    const { timeline } = capture;
    const lastsMs = (timeline.at(-1)?.receivedAtMs ?? 0) - (timeline[0]?.receivedAtMs ?? 0);
    const { startAt = this.#clock.now() + lastsMs / speed - lastsMs } = options;
    return { ...options, startAt: startAt === 'as-captured' ? undefined : startAt };
  }

  #playEvent(event: CapturedEvent, rewrite: RewriteEvent, keeper?: RecordingKeeper): EventRecord | undefined {
    if (headerText(event.record, 'Event-Name') === 'HEARTBEAT') return undefined;
    const record = rewrite(event.record);
    keeper?.apply(record);
    return this.#emit(record, event.doubledKeys);
  }

  async #playMarker(line: CaptureMarker, player: Player, keeper?: RecordingKeeper): Promise<void> {
    switch (line.marker) {
      case 'frame':
        this.#server.notify(line.detail);
        break;
      case 'connection-lost':
        keeper?.abandon();
        this.#goDown(player);
        break;
      case 'reconnected':
        await this.#comeUp(this.#port);
        break;
    }
  }

  /** Every event leaves here. */
  #emit(record: EventRecord, doubledKeys: readonly string[] = []): EventRecord {
    const sent = this.#core.happen(record);
    this.#server.broadcast({ record: sent, doubledKeys });
    this.#events.seen(sent);
    return sent;
  }

  #door(): SwitchDoor {
    return {
      logins: new Logins(this.#options.password ?? PASSWORD, this.#options.users ?? {}),
      api: async (command, args) => (await this.#desk.call(command, args)) ?? '',
      bgapi: (command, args, wanted) => this.#startJob(command, args, wanted ?? randomUUID()),
      sendEvent: (headers) => {
        const eventUuid = randomUUID();
        this.fire({ ...headers, 'Event-UUID': eventUuid });
        return eventUuid;
      },
      hasChannel: (uuid) => this.#core.state.hasChannel(uuid),
    };
  }

  #startJob(command: string, args: string, uuid: string): string {
    // a turn later, so that the reply with the Job-UUID leaves first
    setImmediate(() => void this.#runJob(command, args, uuid));
    return uuid;
  }

  /** The result of a job is lost with the core that ran it. */
  async #runJob(command: string, args: string, uuid: string): Promise<void> {
    const core = this.#core;
    const output = await this.#desk.call(command, args, uuid);
    if (output === undefined || core !== this.#core || !this.#isUp) return;
    this.#emit(core.backgroundJob({ uuid, command, args, output }));
  }
}
