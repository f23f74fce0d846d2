import type { CallcenterSettings, FifoSettings } from './config';

/**
 * What the switch needs to know before it can take a call. The configuration that is read from `freeswitch/conf` has this
 * shape (its `hunt` is given the configuration first); tests write it by hand.
 */
export interface SwitchPlan {
  /** What `${name}` falls back to, after the channel and its caller profile. */
  readonly globals: ReadonlyMap<string, string>;
  readonly domains: ReadonlyMap<string, PlannedDomain>;
  readonly profiles: readonly PlannedProfile[];
  readonly gateways: readonly PlannedGateway[];
  readonly acls: ReadonlyMap<string, NetworkList>;
  readonly eventSocket: PlannedEventSocket;
  /** Modules that are loaded (modules.conf); all that there are, unless told. */
  readonly modules?: readonly string[];
  /** Ports for media; FreeSWITCH's own unless told. */
  readonly core?: { readonly rtpStartPort: number; readonly rtpEndPort: number };
  /** undefined = no call detail records. */
  readonly jsonCdr: PlannedJsonCdr | undefined;
  /** Queues of mod_callcenter; undefined = the module is not there. */
  readonly callcenter?: CallcenterSettings | undefined;
  /** Waiting lines of mod_fifo; undefined = the module is not there. */
  readonly fifo?: FifoSettings | undefined;
  /** What to do with a call; undefined = nothing fits, the call ends with NO_ROUTE_DESTINATION. */
  hunt(context: string, call: HuntCall): Hunted | undefined;
}

/** One step of the dial plan. Captures are in the data; variables are expanded when it runs. */
export interface DialplanAction {
  readonly application: string;
  readonly data: string;
}

export interface Hunted {
  readonly actions: readonly DialplanAction[];
}

/** The call that a dial plan is hunted for. */
export interface HuntCall {
  /** A field of the caller profile, `destination_number`. */
  profileField(name: string): string | undefined;
  /** A channel variable; `index` for an element of an array. */
  variable(name: string, index?: number): string | undefined;
  /** What the hunt leaves on the channel: DP_MATCH, DP_REGEX_MATCH_1 ... */
  setVariable(name: string, values: readonly string[] | undefined): void;
  /** An api command inside a text. */
  api(command: string, args: string): string;
  /** An action with inline="true"; variables in the data are still to be expanded. */
  runInline(application: string, data: string): void;
  readonly now: Date;
}

export interface PlannedUser {
  readonly id: string;
  readonly domain: string;
  /** `password`, `dial-string`, `esl-password` ... */
  readonly params: ReadonlyMap<string, string>;
  /** What the user's legs get as channel variables. */
  readonly variables: ReadonlyMap<string, string>;
}

export interface PlannedDomain {
  readonly name: string;
  readonly users: ReadonlyMap<string, PlannedUser>;
  /** Who is in a group: whom `group_call` rings, in that order. */
  readonly groups?: ReadonlyMap<string, readonly string[]>;
}

/** A SIP profile of mod_sofia. */
export interface PlannedProfile {
  readonly name: string;
  readonly context: string;
  readonly sipIp: string;
  readonly sipPort: number;
  /** `address:port`, when WebSocket phones are welcome. */
  readonly wsBinding?: string;
  /** Whether calls need digest authentication. */
  readonly authCalls: boolean;
  /** Networks that calls may come from; none = everybody. */
  readonly inboundAcls: readonly string[];
  /** Domains that are other names of this profile. */
  readonly aliases: readonly string[];
  readonly params: ReadonlyMap<string, string>;
}

/** A trunk: `proxy`, `username`, `password`, `register`, `extension` ... */
export interface PlannedGateway {
  readonly name: string;
  readonly profile: string;
  readonly params: ReadonlyMap<string, string>;
}

export interface NetworkList {
  allows(ip: string): boolean;
}

export interface PlannedEventSocket {
  readonly listenIp: string;
  readonly port: number;
  readonly password: string;
  /** Names of network lists; an address must pass all of them. */
  readonly acls: readonly string[];
}

export interface PlannedJsonCdr {
  readonly urls: readonly string[];
  /** `user:password`. */
  readonly credentials?: string;
  /** `application/json`, or what libcurl puts in its place. */
  readonly contentType: string;
  readonly timeoutSeconds: number;
  readonly attempts: number;
  readonly withOtherLegs: boolean;
  readonly firstLegPrefix: '' | 'a_';
  /** Where documents are kept that could not be posted. */
  readonly spoolDirectory?: string;
}
