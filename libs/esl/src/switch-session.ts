import { randomUUID } from 'node:crypto';
import type { EslAnomalyKind } from './anomaly';
import { accepted, apiLabel, apiLine } from './api-command';
import { deferred } from './deferred';
import { EslConnectionLostError, EslError, EslTimeoutError } from './errors';
import { EslConnection } from './esl-connection';
import type { EslConnectionOptions } from './esl-connection';
import type { EslEvent } from './esl-event';
import { EventGate } from './event-gate';
import { JobBook } from './job-book';
import { subscribeCommand } from './subscription';
import type { EslSubscription } from './subscription';
import { Watchdog } from './watchdog';

export interface SwitchSessionOptions extends EslConnectionOptions {
  readonly commandTimeoutMs: number;
  readonly heartbeatTimeoutMs: number;
  readonly subscription: EslSubscription;
}

export interface SwitchSessionOwner {
  onEvent(event: EslEvent): void;
  onAnomaly(kind: EslAnomalyKind, sample: string): void;
}

/** How a background job is run. */
export interface BgapiOptions {
  /** At most 36 characters; a random uuid when left out. The switch gives it back in BACKGROUND_JOB. */
  readonly jobUuid?: string;
  /** For the result, not the acknowledgement, ms; {@link DEFAULT_JOB_TIMEOUT_MS} when left out. */
  readonly timeoutMs?: number;
}

/** An originate rings for a minute and a transfer may follow: long enough for both. */
export const DEFAULT_JOB_TIMEOUT_MS = 120_000;

/**
 * One life of the link: two log-ins, one subscription, and the end of both when either dies.
 *
 * Two sockets, because mod_event_socket runs an `api` in the thread that also writes the events of the same socket: a slow
 * command would hold back every event behind it. They are opened one after the other, so that a wrong password is tried
 * once. The session holds events back until {@link release}.
 */
export class SwitchSession {
  private readonly ended = deferred<EslError>();
  private readonly jobs: JobBook;
  private readonly heartbeat: Watchdog;
  private readonly gate: EventGate;
  private readonly connections: EslConnection[] = [];
  private endedBy: EslError | undefined;

  constructor(
    private readonly options: SwitchSessionOptions,
    private readonly owner: SwitchSessionOwner,
  ) {
    this.jobs = new JobBook(options.clock);
    this.heartbeat = new Watchdog(options.clock, options.heartbeatTimeoutMs, () => {
      this.onSilence();
    });
    this.gate = new EventGate(
      (event) => {
        owner.onEvent(event);
      },
      {
        pause: () => this.connections[0]?.pause(),
        resume: () => this.connections[0]?.resume(),
      },
    );
  }

  /** Fulfilled with the reason when the session is over; never rejects. */
  get lost(): Promise<EslError> {
    return this.ended.promise;
  }

  /** Connects, logs in and subscribes. @throws EslError; the session is over then. */
  async open(): Promise<void> {
    try {
      const events = await this.connect();
      const subscribe = subscribeCommand(this.options.subscription);
      const reply = await events.command('event json', subscribe, this.options.commandTimeoutMs);
      accepted('event json', reply.text);
      this.heartbeat.touch();
      await this.connect();
    } catch (error) {
      throw this.end(error);
    }
  }

  /** Lets the events held back, and all later ones, through. */
  release(): void {
    this.gate.release();
  }

  /** See `SwitchLink.api`. */
  async api(command: string, args: string | undefined, timeoutMs: number): Promise<string> {
    const label = apiLabel('api', command);
    const reply = await this.commands(label).command(label, apiLine('api', command, args), timeoutMs);
    return accepted(label, reply.text);
  }

  /** See `SwitchLink.bgapi`. */
  async bgapi(
    command: string,
    args: string | undefined,
    options: BgapiOptions,
  ): Promise<{ jobUuid: string; result: string }> {
    const label = apiLabel('bgapi', command);
    const { jobUuid = randomUUID(), timeoutMs = DEFAULT_JOB_TIMEOUT_MS } = options;
    const commands = this.commands(label);
    const result = this.jobs.expect(jobUuid, label, timeoutMs);
    commands
      .command(label, apiLine('bgapi', command, args), this.options.commandTimeoutMs, { 'Job-UUID': jobUuid })
      .then((reply) => accepted(label, reply.text))
      .catch((error: unknown) => {
        // A late acknowledgement is no verdict: the job may run, and its result is still awaited.
        if (error instanceof Error && !(error instanceof EslTimeoutError)) this.jobs.fail(jobUuid, error);
      });
    return { jobUuid, result: accepted(label, await result) };
  }

  /** Ends the session: closes both sockets and fails what is in flight. The first reason given stays. */
  end(reason: unknown): EslError {
    if (this.endedBy) return this.endedBy;
    const error = asEslError(reason);
    this.endedBy = error;
    this.heartbeat.stop();
    for (const connection of this.connections) connection.close(error);
    this.jobs.failAll(error);
    this.ended.resolve(error);
    return error;
  }

  private async connect(): Promise<EslConnection> {
    if (this.endedBy) throw this.endedBy;
    const connection = new EslConnection(this.options, {
      onEvent: (event) => {
        this.receive(event);
      },
      onAnomaly: this.owner.onAnomaly.bind(this.owner),
      onClosed: (error) => this.end(error),
    });
    this.connections.push(connection);
    await connection.opened;
    return connection;
  }

  private commands(label: string): EslConnection {
    const connection = this.connections[1];
    if (!connection) throw new EslConnectionLostError(`${label}: not connected, nothing was sent`);
    return connection;
  }

  /** Signs of life and job results are taken in at once, also while events are held back: the resync needs them. */
  private receive(event: EslEvent): void {
    if (event.name === 'HEARTBEAT') this.heartbeat.touch();
    if (event.name === 'BACKGROUND_JOB') this.jobs.settle(event);
    this.gate.accept(event);
  }

  private onSilence(): void {
    if (this.gate.isFull)
      this.heartbeat.touch(); // we do not read, so the silence is ours
    else this.end(new EslTimeoutError('HEARTBEAT', this.options.heartbeatTimeoutMs, false));
  }
}

function asEslError(reason: unknown): EslError {
  if (reason instanceof EslError) return reason;
  return new EslConnectionLostError('the link could not be used', { cause: reason });
}
