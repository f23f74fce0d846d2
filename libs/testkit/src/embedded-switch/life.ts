import type { ReplayClock } from '../replay-switch/clock';
import type { CommandWatcher } from '../replay-switch/socket/listener';
import { ApiDesk, apiCommands, type SwitchControl } from './api';
import { commonApplications, type App } from './apps';
import { CallCenter } from './callcenter/call-center';
import { callcenterApp } from './callcenter/callcenter-app';
import { callcenterCommands } from './callcenter/callcenter-commands';
import { CdrDesk } from './cdr';
import { conferenceApp } from './conference/conference-app';
import { SwitchCore } from './core';
import { EventSocket, socketApp } from './event-socket';
import { fifoApps, fifoCommands, Lines, MemberCalls } from './fifo';
import { huntDialplan } from './hunt-dialplan';
import { park } from './ivr';
import { loopbackEndpoint, unloop } from './loopback';
import type { SwitchPlan } from './dialplan-port';
import { RtpPorts, Ticker, type PortRange } from './media';
import type { EmbeddedSwitchOptions } from './options';
import { Dialler, errorEndpoint, userEndpoint, type Originate } from './originate';
import { HashStore } from './schedule/hash-store';
import { Scheduler } from './schedule/scheduler';
import { Sofia, type RegistrationTable } from './sofia';
import { sofiaEndpoint } from './sofia-endpoint';
import { ValetLots } from './valet/valet-lots';
import { valetPark } from './valet/valet-park';

/** What outlives a restart, or belongs to who started the switch. */
export interface LifeParts {
  readonly options: EmbeddedSwitchOptions;
  readonly clock: ReplayClock;
  readonly registrations: RegistrationTable;
  readonly control: SwitchControl;
  /** Ports that a restarted switch takes again. */
  readonly ports: LifePorts;
  watch(connection: number): CommandWatcher;
  thawed(): Promise<void>;
  failed(error: unknown): void;
}

export interface LifePorts {
  readonly eventSocket: number;
  readonly sip: Readonly<Record<string, number>>;
  readonly ws: Readonly<Record<string, number>>;
}

const RTP_PORTS = { from: 16_384, to: 32_768 };
const SWITCH_NAME = 'embedded';

/** One life of the switch, with all its modules: from a start to the end of the process. */
export class Life {
  readonly core: SwitchCore;
  readonly eventSocket: EventSocket;
  readonly desk: ApiDesk;
  readonly #ticker = new Ticker();
  readonly #cdrs: CdrDesk | undefined;
  readonly #scheduler: Scheduler;
  #sofia: Sofia | undefined;
  #memberCalls: MemberCalls | undefined;
  #eventSocketPort = 0;

  private constructor(private readonly parts: LifeParts) {
    const { options, clock } = parts;
    const { plan } = options;
    const applications = new Map<string, App>();
    const host = plan.profiles[0]?.sipIp ?? '127.0.0.1';
    this.desk = new ApiDesk(() => this.core.events);
    this.#scheduler = new Scheduler(clock);
    this.#cdrs = plan.jsonCdr && new CdrDesk(plan.jsonCdr, () => this.core.identity);
    this.core = new SwitchCore({
      switchName: options.switchName ?? SWITCH_NAME,
      clock,
      ticker: this.#ticker,
      rtpPorts: new RtpPorts(host, options.rtpPorts ?? plannedPorts(plan) ?? RTP_PORTS),
      applications,
      globals: new Map(plan.globals),
      hunt: (channel, target) =>
        huntDialplan(
          { core: () => this.core, plan, api: (...asked) => this.desk.evaluate(...asked) },
          channel,
          target,
        ),
      api: (...asked) => this.desk.evaluate(...asked),
      park: (channel) => park(channel),
      report: async (channel) => this.#cdrs?.report(channel),
      forgotten: (channel) => this.#sofia?.sessions.forget(channel),
      failed: (error) => parts.failed(error),
    });
    this.eventSocket = new EventSocket({
      core: this.core,
      plan,
      desk: this.desk,
      watch: (connection) => parts.watch(connection),
      thawed: () => parts.thawed(),
    });
    this.#furnish(applications);
  }

  /** @throws the system's error when a port is taken; nothing listens then */
  static async start(parts: LifeParts): Promise<Life> {
    const life = new Life(parts);
    await life.#listen();
    return life;
  }

  get sofia(): Sofia {
    if (!this.#sofia) throw new Error('the SIP profiles do not listen yet');
    return this.#sofia;
  }

  get eventSocketPort(): number {
    return this.#eventSocketPort;
  }

  /** Everything ends, without a word to anybody. */
  async end(): Promise<void> {
    this.#scheduler.stop();
    this.#memberCalls?.stop();
    this.#cdrs?.stop();
    this.core.abandon();
    await Promise.all([this.eventSocket.close('now'), this.#sofia?.stop()]);
    this.#ticker.stop();
  }

  async #listen(): Promise<void> {
    const { options, registrations, control, ports } = this.parts;
    this.#sofia = await Sofia.start({
      core: this.core,
      plan: options.plan,
      table: registrations,
      ports: ports.sip,
      wsPorts: ports.ws,
      timers: options.sipTimers,
      isPaused: () => control.isPaused,
    });
    try {
      this.#eventSocketPort = await this.eventSocket.server.listen(ports.eventSocket);
    } catch (error) {
      await this.#sofia.stop();
      throw error;
    }
    this.#memberCalls?.start();
  }

  /** Applications, endpoints and api commands: they know the core, and the core knows them by name. */
  #furnish(applications: Map<string, App>): void {
    const { options, registrations, control, clock, watch } = this.parts;
    const { core, desk } = this;
    const { plan } = options;
    const dialler = new Dialler(clock);
    const originate = dialler.originate.bind(dialler);
    const hash = new HashStore();
    const scheduler = this.#scheduler;
    const domain = (): string => core.globalVariable('domain') ?? plan.domains.keys().next().value ?? '';
    dialler.know(
      'sofia',
      sofiaEndpoint(() => this.sofia),
    );
    dialler.know('error', errorEndpoint);
    const isLoopbackLoaded = plan.modules?.includes('mod_loopback') ?? true;
    if (isLoopbackLoaded) dialler.know('loopback', loopbackEndpoint(core));
    dialler.know(
      'user',
      userEndpoint({
        originate,
        findUser: (id, name) => plan.domains.get(name)?.users.get(id),
        defaultDomain: domain,
        api: (command, args) => desk.evaluate(command, args),
        globalVariable: (name) => core.globalVariable(name),
      }),
    );
    desk.know(
      apiCommands({
        core,
        plan,
        sofia: () => this.sofia,
        registrations,
        originate,
        scheduler,
        hash,
        control,
        api: (command, args) => desk.evaluate(command, args),
        startJob: (command, args) => this.eventSocket.startJob(command, args, undefined),
      }),
    );
    const log = (uuid: string, text: string): void => options.onLog?.(uuid, text);
    const all = [
      ...commonApplications({ originate, scheduler, hash, log: ({ uuid }, text) => log(uuid, text) }),
      valetPark(new ValetLots()),
      conferenceApp(domain),
      ...(isLoopbackLoaded ? [unloop] : []),
      socketApp(this.eventSocket, () => watch(0)),
      ...this.#queues(originate),
      ...this.#fifo(originate),
    ];
    for (const app of all) applications.set(app.name, app);
  }

  /** mod_callcenter, if it is loaded. */
  #queues(originate: Originate): readonly App[] {
    const { callcenter } = this.parts.options.plan;
    if (!callcenter) return [];
    const center = new CallCenter(this.core, callcenter, originate);
    this.desk.know(callcenterCommands(center));
    return [callcenterApp(center)];
  }

  /** mod_fifo, if it is loaded. */
  #fifo(originate: Originate): readonly App[] {
    const { fifo } = this.parts.options.plan;
    if (!fifo) return [];
    const lines = new Lines(fifo);
    this.#memberCalls = new MemberCalls(this.core, lines, originate);
    this.desk.know(fifoCommands(lines));
    return fifoApps(lines);
  }
}

function plannedPorts({ core }: SwitchPlan): PortRange | undefined {
  return core && { from: core.rtpStartPort, to: core.rtpEndPort };
}
