import type { EventSocketLogin } from './switch-console';

/** A FreeSWITCH with the configuration in `freeswitch/`, as scenarios see it: our own or one that ran already. */
export interface SwitchUnderTest {
  /** `FreeSWITCH Version 1.10.12 ...` */
  readonly version: string;
  /** SIP domain of the phones, and the password that all of them have. */
  readonly domain: string;
  readonly phonePassword: string;
  readonly sip: {
    readonly host: string;
    /** UDP and TCP. */
    readonly phones: number;
    readonly webSocket: number;
    /** Where carriers send their calls. */
    readonly trunks: number;
  };
  /** Everything is allowed. */
  readonly eventSocket: EventSocketLogin;
  /** As the gateway logs in: the directory user with least privilege. Undefined when its password is not known. */
  readonly connectorLogin: EventSocketLogin | undefined;
  /** The folder of recordings, as the switch names it. */
  readonly recordings: string;
  /** Its log; undefined when it is somewhere else. */
  readonly logFile: string | undefined;

  /** Runs an api command; see `SwitchCommands.api`. */
  api(command: string, args?: string): Promise<string>;
  /** Runs an api command in the background of the switch, and gives its result. */
  bgapi(command: string, args: string): Promise<string>;
  /** The process dies at once (kill -9) and is there again; undefined for a switch that is not ours to kill. */
  readonly crash: (() => Promise<void>) | undefined;
  /** Ends the switch if it is ours, else only lets go of it. */
  stop(): Promise<void>;
}
