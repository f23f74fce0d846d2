import {
  cloneProfile,
  noTimes,
  type CallerProfile,
  type Cause,
  type Channel,
  type SwitchCore,
} from '../core';
import type { SwitchPlan } from '../dialplan-port';
import { parseUri, type Flow, type SipTimers } from '../sip';
import { readGateway, type Gateway } from './gateway';
import { GatewayRegistration } from './gateway-registration';
import { OutboundLeg, type Destination } from './outbound-leg';
import { dialString, type RegistrationTable } from './registration-table';
import { Sessions } from './sessions';
import { SofiaProfile } from './sip-profile';

export interface SofiaParts {
  readonly core: SwitchCore;
  readonly plan: SwitchPlan;
  readonly table: RegistrationTable;
  /** Ports in place of those of the plan, by profile; 0 takes a free one. */
  readonly ports: Readonly<Record<string, number>>;
  readonly wsPorts: Readonly<Record<string, number>>;
  readonly timers: SipTimers | undefined;
  isPaused(): boolean;
}

/** A new outbound channel, or why there is none. */
export type Dialled = { readonly channel: Channel } | { readonly cause: Cause };

/** What the caller wants of a new leg. */
export interface DialOptions {
  /** What stands behind `sofia/`. */
  readonly destination: string;
  readonly uuid: string | undefined;
  /** Who calls. */
  readonly profile: CallerProfile;
  /** Variables of the dial string that are needed before the channel has them. */
  variable(name: string): string | undefined;
}

const DEFAULT_PORT = 5060;

/** mod_sofia: the SIP profiles, their gateways, and everybody who is registered. */
export class Sofia {
  readonly sessions = new Sessions();
  readonly profiles = new Map<string, SofiaProfile>();
  readonly #gateways = new Map<string, Gateway>();
  readonly #registrations = new Map<string, GatewayRegistration>();

  private constructor(private readonly parts: SofiaParts) {}

  /** Starts all profiles. @throws the system's error when a port is taken; nothing listens then */
  static async start(parts: SofiaParts): Promise<Sofia> {
    const sofia = new Sofia(parts);
    for (const gateway of parts.plan.gateways) sofia.#gateways.set(gateway.name, readGateway(gateway));
    try {
      for (const plan of parts.plan.profiles) await sofia.#startProfile(plan.name);
    } catch (error) {
      await sofia.stop();
      throw error;
    }
    for (const gateway of sofia.#gateways.values()) sofia.#register(gateway);
    return sofia;
  }

  get gateways(): readonly Gateway[] {
    return [...this.#gateways.values()];
  }

  /** Whether a gateway can be used: it need not register, or it has. */
  isUp({ name, registers }: Gateway): boolean {
    return !registers || (this.#registrations.get(name)?.isUp ?? false);
  }

  /** Makes a leg to a phone or by a gateway; it rings when its channel is launched (sofia_outgoing_channel). */
  async dial(options: DialOptions): Promise<Dialled> {
    const { destination } = options;
    const [first = '', ...rest] = destination.split('/');
    if (first === 'gateway') return this.#dialGateway(rest[0] ?? '', rest.slice(1).join('/'), options);
    const profile = this.profiles.get(first);
    if (rest.length === 0) return { cause: 'INVALID_URL' };
    if (!profile) return { cause: 'INVALID_PROFILE' };
    return this.#dialAddress(profile, rest.join('/'), options);
  }

  /** How somebody is dialled, each of his phones; undefined = not registered. */
  contact(user: string, domain: string): readonly string[] | undefined {
    const found = this.parts.table.of(user, domain);
    return found.length === 0 ? undefined : found.map(dialString);
  }

  set isFrozen(isFrozen: boolean) {
    for (const { stack } of this.profiles.values()) stack.isFrozen = isFrozen;
  }

  /** Closes all sockets, without a word to anybody. */
  async stop(): Promise<void> {
    this.#registrations.forEach((registration) => registration.stop());
    await Promise.all([...this.profiles.values()].map(({ stack }) => stack.close()));
  }

  async #startProfile(name: string): Promise<void> {
    const { core, table, ports, wsPorts, timers } = this.parts;
    const plan = this.parts.plan.profiles.find((each) => each.name === name);
    if (!plan) return;
    const wsPort = wsPorts[name] ?? Number(plan.wsBinding?.split(':').at(-1));
    const profile = await SofiaProfile.start({
      core,
      plan,
      table,
      sessions: this.sessions,
      port: ports[name] ?? plan.sipPort,
      wsPort: plan.wsBinding === undefined ? undefined : wsPort,
      timers,
      findUser: (user, domain) => this.#findUser(user, domain),
      isAllowed: (address) => this.#isAllowed(plan.inboundAcls, address),
      isGatewayUser: (user) => this.#gateways.get(user.replace(/^gw\+/, ''))?.destinationInTo ?? false,
      isPaused: () => this.parts.isPaused(),
    });
    this.profiles.set(name, profile);
  }

  #register(gateway: Gateway): void {
    const profile = this.profiles.get(gateway.profile);
    if (!gateway.registers || !profile) return;
    const registration = new GatewayRegistration(gateway, profile.stack, this.parts.core.clock);
    this.#registrations.set(gateway.name, registration);
    void registration.start();
  }

  /** A phone may name an alias of the domain, or the address of the switch: there is one domain then. */
  #findUser(user: string, domain: string) {
    const { domains } = this.parts.plan;
    const named = domains.get(domain) ?? (domains.size === 1 ? [...domains.values()][0] : undefined);
    return named?.users.get(user);
  }

  #isAllowed(acls: readonly string[], address: string): boolean {
    if (acls.length === 0) return true;
    return acls.some((name) => this.parts.plan.acls.get(name)?.allows(address) ?? false);
  }

  async #dialGateway(name: string, number: string, options: DialOptions): Promise<Dialled> {
    const gateway = this.#gateways.get(name);
    const profile = gateway && this.profiles.get(gateway.profile);
    if (number === '') return { cause: 'INVALID_URL' };
    if (!gateway || !profile) return { cause: 'INVALID_GATEWAY' };
    if (!this.isUp(gateway)) return { cause: 'GATEWAY_DOWN' };
    const flow = await profile.stack.flowTo(gateway.protocol, gateway.host, gateway.port);
    if (!flow) return { cause: 'NETWORK_OUT_OF_ORDER' };
    const port = gateway.port === DEFAULT_PORT ? '' : `:${gateway.port}`;
    const uri = `sip:${number}@${gateway.host}${port}`;
    const { fromHost, fromUser, credentials } = gateway;
    const leg = this.#newLeg(profile, options, number, number, {
      uri,
      flow,
      fromHost,
      ...(fromUser !== undefined && { fromUser }),
      ...(credentials && { credentials }),
    });
    if ('channel' in leg) {
      leg.channel.variables.set('sip_gateway_name', gateway.name);
      this.#describe(leg.channel, profile, uri, 'gateway');
    }
    return leg;
  }

  /** `sip:user@host`, `user@host`, or `user%domain` for somebody who is registered. */
  async #dialAddress(profile: SofiaProfile, address: string, options: DialOptions): Promise<Dialled> {
    const [user = '', domain] = address.split('%', 2);
    const registered = domain === undefined ? undefined : this.parts.table.of(user, domain).at(-1);
    if (domain !== undefined && !registered) return { cause: 'USER_NOT_REGISTERED' };
    const text = registered?.contact ?? address;
    const uri = /^sips?:/i.test(text) ? text : `sip:${text}`;
    const flow = await this.#flowOf(profile, uri);
    if (flow === 'invalid') return { cause: 'INVALID_URL' };
    if (!flow) return { cause: 'NETWORK_OUT_OF_ORDER' };
    const bare = uri.replace(/^sips?:/i, '').replace(/[;?].*$/, '');
    const leg = this.#newLeg(profile, options, bare, bare.replace(/@.*$/, ''), {
      uri,
      flow,
      fromHost: options.variable('sip_invite_domain') ?? profile.stack.host,
    });
    if ('channel' in leg) this.#describe(leg.channel, profile, uri, profile.name);
    return leg;
  }

  /** The connection by which a registered phone came; else a way to the host that the URI names. */
  async #flowOf(profile: SofiaProfile, text: string): Promise<Flow | 'invalid' | undefined> {
    const registered = this.parts.table.withContact(text);
    if (registered && !registered.flow.isClosed) return registered.flow;
    // the switch has restarted: the phone is where it was
    const { remote, protocol: by } = registered?.flow ?? {};
    if (remote && by === 'UDP') return profile.stack.flowTo('UDP', remote.address, remote.port);
    const uri = parseUri(text);
    if (!uri || uri.scheme === 'tel') return 'invalid';
    const protocol = uri.params.get('transport')?.toLowerCase() === 'tcp' ? 'TCP' : 'UDP';
    return profile.stack.flowTo(protocol, uri.host, uri.port ?? DEFAULT_PORT);
  }

  #newLeg(
    profile: SofiaProfile,
    options: DialOptions,
    address: string,
    destinationNumber: string,
    destination: Destination,
  ): Dialled {
    const { core } = this.parts;
    const channel = core.create('outbound', options.uuid);
    if (!channel) return { cause: 'DESTINATION_OUT_OF_ORDER' };
    const now = core.nowUs();
    channel.name = `sofia/${profile.name}/${address}`;
    channel.endpoint = new OutboundLeg(channel, profile, destination);
    channel.state = 'CS_INIT';
    channel.profiles.unshift(
      cloneProfile(options.profile, {
        direction: 'outbound',
        logicalDirection: 'outbound',
        uuid: channel.uuid,
        channelName: channel.name,
        destinationNumber,
        profileIndex: '1',
        times: { ...noTimes(), created: now, profileCreated: now },
      }),
    );
    return { channel };
  }

  #describe({ variables, name }: Channel, profile: SofiaProfile, uri: string, profileName: string): void {
    variables.set('sip_local_network_addr', profile.stack.host);
    variables.set('sip_profile_name', profileName);
    variables.set('channel_name', name);
    variables.set('sip_destination_url', uri);
  }
}
