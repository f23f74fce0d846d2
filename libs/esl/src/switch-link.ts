import { AnomalyCounter } from './anomaly';
import { apiLabel } from './api-command';
import { Backoff } from './backoff';
import { EslConnectionLostError } from './errors';
import type { EslError } from './errors';
import type { EslEvent } from './esl-event';
import type { LinkDown, LinkState, SwitchCommands, SwitchListener } from './link-listener';
import { completeOptions } from './link-options';
import type { CompleteLinkOptions, SwitchLinkOptions } from './link-options';
import { isEventName } from './lists/event-names';
import { SwitchSession } from './switch-session';
import type { BgapiOptions } from './switch-session';

/**
 * The link to one switch, kept up for ever.
 *
 * Every attempt builds a new {@link SwitchSession} (two sockets); none is ever repaired. `start` enters `connecting`;
 * a session that has logged in, subscribed and passed the resync hook makes it `up`; a loss or a failed attempt makes it
 * `down`, or `refused` when only a person can help, and after a wait `connecting` again. `stop` leads from everywhere to
 * `stopped`. The trade: a short loss costs a full resync, but there is one way in, and it is used every time.
 */
export class SwitchLink implements SwitchCommands {
  private readonly options: CompleteLinkOptions;
  private readonly anomalies: AnomalyCounter;
  private readonly backoff: Backoff;
  private running: { stop: AbortController; finished: Promise<void> } | undefined;
  private session: SwitchSession | undefined;
  private currentState: LinkState = 'stopped';
  private lastError: EslError | undefined;
  private connections = 0;

  constructor(
    options: SwitchLinkOptions,
    private readonly listener: SwitchListener,
  ) {
    this.options = completeOptions(options);
    this.backoff = new Backoff(this.options.backoff, this.options.random);
    this.anomalies = new AnomalyCounter((anomaly) => {
      listener.onAnomaly(anomaly);
    }, this.options.log);
  }

  get state(): LinkState {
    return this.currentState;
  }

  /** Why the link is `down` or `refused`; while it is `connecting` again, why it last was. */
  get reason(): EslError | undefined {
    return this.lastError;
  }

  /** Starts connecting and returns at once. Does nothing while started; await `stop()` before starting again. */
  start(): void {
    if (this.running) return;
    const stop = new AbortController();
    this.running = { stop, finished: this.supervise(stop.signal) };
  }

  /** Closes both sockets, rejects the commands in flight, and stays down until `start`. */
  async stop(): Promise<void> {
    const running = this.running;
    if (!running) return;
    running.stop.abort();
    this.session?.end(new EslConnectionLostError('the link was stopped'));
    await running.finished;
    if (this.running === running) this.running = undefined;
  }

  /** See {@link SwitchCommands.api}. */
  async api(command: string, args?: string, options: { readonly timeoutMs?: number } = {}): Promise<string> {
    return this.connected(command).api(command, args, options.timeoutMs ?? this.options.commandTimeoutMs);
  }

  /** See {@link SwitchCommands.bgapi}. */
  async bgapi(
    command: string,
    args?: string,
    options: BgapiOptions = {},
  ): Promise<{ jobUuid: string; result: string }> {
    return this.connected(command).bgapi(command, args, options);
  }

  private async supervise(stop: AbortSignal): Promise<void> {
    const stopped = (): boolean => stop.aborted;
    while (!stopped()) {
      this.currentState = 'connecting';
      const session = this.newSession();
      this.session = session;
      const upMs = await this.live(session);
      this.session = undefined;
      if (!stopped()) await this.wait(this.goDown(await session.lost, upMs), stop);
    }
    this.currentState = 'stopped';
    this.lastError = undefined;
  }

  /** Leads a session from the first SYN to its end. How long it was up, ms; `undefined` when it never was. */
  private async live(session: SwitchSession): Promise<number | undefined> {
    const { clock, log, switchId } = this.options;
    try {
      await session.open();
    } catch {
      return undefined; // the session keeps the reason
    }
    const resynced = await this.resync(session);
    if (resynced) this.currentState = 'up';
    session.release(); // also when the session is lost: what the switch has told is true
    if (!resynced) return undefined;
    const since = clock.now();
    log.info({ switchId, connection: this.connections }, 'link to the switch is up');
    await session.lost;
    return clock.now() - since;
  }

  /** Runs the resync hook; false when the session was lost meanwhile or the hook failed. */
  private async resync(session: SwitchSession): Promise<boolean> {
    const gone = new AbortController();
    const lost = session.lost.then(() => {
      gone.abort();
      return false;
    });
    this.connections += 1;
    const hook = this.callUp(gone.signal).then(
      () => true,
      (error: unknown) => {
        this.options.log.error({ switchId: this.options.switchId, err: error }, 'the resync hook failed');
        session.end(error);
        return false;
      },
    );
    return Promise.race([lost, hook]);
  }

  /** Async, so that a hook that throws at once is a rejected promise like any other. */
  private async callUp(signal: AbortSignal): Promise<void> {
    await this.listener.onUp({
      switchId: this.options.switchId,
      connection: this.connections,
      signal,
      api: this.api.bind(this),
      bgapi: this.bgapi.bind(this),
    });
  }

  /** Records why the link is not up and tells the listener. Returns the wait before the next attempt, ms. */
  private goDown(error: EslError, upMs: number | undefined): number {
    const { backoff, refusedRetryMs, random, log, switchId } = this.options;
    const refused = error.verdict === 'ask-a-person' || error.verdict === 'give-up';
    // A link that comes up only to die at once must not be rebuilt, and resynced, at full speed.
    if (upMs !== undefined && upMs >= backoff.maxMs) this.backoff.reset();
    const retryInMs = refused
      ? Math.ceil(refusedRetryMs * (1 + backoff.jitter * random()))
      : this.backoff.next();
    const down: LinkDown = {
      state: refused ? 'refused' : 'down',
      error,
      wasUp: upMs !== undefined,
      retryInMs,
    };
    this.currentState = down.state;
    this.lastError = error;
    log.warn(
      { switchId, state: down.state, reason: error.message, retryInMs },
      'link to the switch is not up',
    );
    this.guarded(() => {
      this.listener.onDown(down);
    });
    return retryInMs;
  }

  private newSession(): SwitchSession {
    const { heartbeatTimeoutMs } = this.options;
    return new SwitchSession(
      { ...this.options, stallMs: heartbeatTimeoutMs },
      {
        onEvent: (event) => {
          this.deliver(event);
        },
        onAnomaly: (kind, sample) => {
          this.anomalies.report(kind, sample);
        },
      },
    );
  }

  private deliver(event: EslEvent): void {
    if (!isEventName(event.name)) this.anomalies.report('unknown-event-name', event.name);
    this.guarded(() => {
      this.listener.onEvent(event);
    });
  }

  /** The application's fault must not cost the link, nor the events behind this one. */
  private guarded(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.options.log.error({ switchId: this.options.switchId, err: error }, 'a handler of the link failed');
      this.anomalies.report('handler-failed', String(error));
    }
  }

  private connected(command: string): SwitchSession {
    if (this.session) return this.session;
    throw new EslConnectionLostError(
      `${apiLabel('api', command)}: the link is ${this.currentState}, nothing was sent`,
    );
  }

  private wait(ms: number, stop: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        stop.removeEventListener('abort', done);
        resolve();
      };
      const cancel = this.options.clock.after(ms, done);
      stop.addEventListener('abort', done);
    });
  }
}
