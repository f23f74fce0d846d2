import { EslCommandError, SwitchLink } from '@app/esl';
import { until } from '../processes/until';
import { NoSwitchError } from './no-switch-error';

/** Where an event socket is, and how it is entered: by its own password, or as a directory user. */
export interface EventSocketLogin {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  readonly user?: string;
}

export interface ConsoleOptions {
  readonly withinMs: number;
  readonly signal?: AbortSignal;
}

const OFTEN = { minMs: 100, maxMs: 500, factor: 1.5, jitter: 0 };
/** An employee may let his phone ring for long before he answers a click. */
const BACKGROUND_MS = 90_000;
const quiet = (): undefined => undefined;

/**
 * A console on a switch: api commands over the event socket, without listening to calls. `open` waits for a switch that is
 * still starting; from then on the link is kept up until `close`.
 */
export class SwitchConsole {
  private constructor(private readonly link: SwitchLink) {}

  /**
   * @throws NoSwitchError when the switch does not let us in; DeadlineError when it does not answer in time; the signal's
   * reason
   */
  static async open(login: EventSocketLogin, options: ConsoleOptions): Promise<SwitchConsole> {
    const nothing = { onEvent: quiet, onAnomaly: quiet, onDown: quiet, onUp: () => Promise.resolve() };
    const subscription = { events: [], customSubclasses: [] };
    const link = new SwitchLink({ switchId: 'harness', ...login, subscription, backoff: OFTEN }, nothing);
    const address = `${login.host}:${login.port}`;
    link.start();
    try {
      await until(
        `the event socket of the switch at ${address} lets us in`,
        () => {
          if (link.state === 'refused')
            throw new NoSwitchError(`The switch at ${address}: ${link.reason?.message ?? 'refused'}.`);
          return link.state === 'up';
        },
        options,
      );
    } catch (error) {
      await link.stop();
      throw error;
    }
    return new SwitchConsole(link);
  }

  /** See `SwitchCommands.api`. */
  api(command: string, args?: string): Promise<string> {
    return this.link.api(command, args);
  }

  /** Runs an api command in the background, for what takes time (originate); gives its result. Throws as `api` does. */
  async bgapi(command: string, args: string): Promise<string> {
    return (await this.link.bgapi(command, args, { timeoutMs: BACKGROUND_MS })).result;
  }

  /** A global variable; undefined when it is not set, or empty. */
  async variable(name: string): Promise<string | undefined> {
    try {
      return (await this.api('global_getvar', name)).trim();
    } catch (error) {
      // mod_event_socket's words for a command that had nothing to say.
      if (error instanceof EslCommandError && error.reply === '-ERR no reply') return undefined;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.link.stop();
  }
}
