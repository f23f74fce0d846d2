import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { apiLabel, apiLine } from '../api-command';
import { systemClock, type EslClock } from '../clock';
import { deferred, type Deferred } from '../deferred';
import { EslConnectionLostError, EslTimeoutError, FramingError, type EslError } from '../errors';
import type { EslEvent } from '../esl-event';
import type { Frame } from '../frame-decoder';
import { ChannelData } from './channel-data';
import { OutboundWire } from './outbound-wire';

export interface HandedChannelOptions {
  /** How long the switch may take to answer `connect`, ms: who is none does not answer. */
  readonly connectTimeoutMs: number;
  /** For the reply to a command, ms. */
  readonly commandTimeoutMs: number;
  readonly clock?: EslClock;
}

/** Events of the channel itself that its controller needs. */
const EVENTS = 'event json CHANNEL_EXECUTE_COMPLETE CHANNEL_BRIDGE CHANNEL_HANGUP';

/**
 * A channel that a switch has put into our hands (application `socket ... async full`): it does what it is told until it is
 * let go or ends. Closing the connection gives it back to the dial plan, which goes on behind `socket` where
 * `socket_resume` is set.
 */
export class HandedChannel {
  private readonly wire: OutboundWire;
  private readonly first = deferred<ChannelData>();
  private readonly over = deferred<EslError>();
  private readonly running = new Map<string, Deferred<EslEvent>>();
  private listener: ((event: EslEvent) => void) | undefined;
  private facts: ChannelData | undefined;
  private hasEnded = false;

  private constructor(socket: Socket, options: Required<HandedChannelOptions>) {
    this.wire = new OutboundWire(
      socket,
      {
        onFirstReply: (frame) => this.receiveData(frame),
        onEvent: (event) => this.receiveEvent(event),
        onFarewell: () => this.end(new EslConnectionLostError('the channel has ended')),
        onClosed: (error) => this.end(error),
      },
      options,
    );
  }

  /**
   * Takes over a channel on a connection that a switch has just opened.
   *
   * @throws EslError when it is no switch, or does not answer in time; the connection is closed then
   */
  static async accept(socket: Socket, options: HandedChannelOptions): Promise<HandedChannel> {
    const complete = { clock: systemClock, ...options };
    const channel = new HandedChannel(socket, complete);
    const cancel = complete.clock.after(options.connectTimeoutMs, () =>
      channel.wire.close(new EslTimeoutError('connect', options.connectTimeoutMs, true)),
    );
    channel.wire.connect();
    try {
      channel.facts = await channel.first.promise;
      await channel.wire.command('filter', `filter Unique-ID ${channel.uuid}`);
      await channel.wire.command('event', EVENTS);
      return channel;
    } catch (error) {
      channel.release();
      throw error;
    } finally {
      cancel();
    }
  }

  /** What the switch told of the channel when it was handed over. */
  get data(): ChannelData {
    if (!this.facts) throw new FramingError('the channel is not known yet');
    return this.facts;
  }

  get uuid(): string {
    return this.data.get('Unique-ID') ?? '';
  }

  /** Settled with the reason when the channel has ended, or the connection. */
  get ended(): Promise<EslError> {
    return this.over.promise;
  }

  get isOver(): boolean {
    return this.hasEnded;
  }

  /** Hears the events of the channel, one listener at a time. */
  listen(listener: (event: EslEvent) => void): void {
    this.listener = listener;
  }

  /** Tells the channel to run an application after what it does; resolves when the switch has taken the order. */
  async start(application: string, argument = '', uuid: string = randomUUID()): Promise<void> {
    await this.wire.command(`execute ${application}`, 'sendmsg', {
      'call-command': 'execute',
      'execute-app-name': application,
      ...(argument !== '' && { 'execute-app-arg': argument }),
      'Event-UUID': uuid,
    });
  }

  /**
   * Runs an application to its end.
   *
   * @returns the event CHANNEL_EXECUTE_COMPLETE
   * @throws EslError; EslConnectionLostError when the channel ends meanwhile
   */
  async run(application: string, argument = ''): Promise<EslEvent> {
    const uuid = randomUUID();
    const done = deferred<EslEvent>();
    this.running.set(uuid, done);
    // It may fail before anybody waits for it.
    done.promise.catch(() => undefined);
    try {
      if (this.hasEnded) throw new EslConnectionLostError(`${application}: the channel has ended`);
      await this.start(application, argument, uuid);
      return await done.promise;
    } finally {
      this.running.delete(uuid);
    }
  }

  /** A variable of the channel as it is now; '' when it has none. Throws EslError. */
  async variable(name: string): Promise<string> {
    return this.wire.command('getvar', `getvar ${name}`);
  }

  /** Runs an api command of the switch. Throws EslError. */
  async api(command: string, args?: string): Promise<string> {
    return this.wire.command(apiLabel('api', command), apiLine('api', command, args));
  }

  /** Lets it go: the dial plan goes on with it. Does nothing when it is over. */
  release(): void {
    this.wire.close(new EslConnectionLostError('it was let go'));
  }

  private receiveData({ headers }: Frame): void {
    const data = new ChannelData(headers);
    if (/^[A-Za-z0-9-]{1,64}$/.test(data.get('Unique-ID') ?? '')) this.first.resolve(data);
    else this.wire.close(new FramingError('an answer to connect that names no channel'));
  }

  private receiveEvent(event: EslEvent): void {
    if (event.name === 'CHANNEL_HANGUP') this.end(new EslConnectionLostError('the caller has hung up'));
    if (event.name === 'CHANNEL_EXECUTE_COMPLETE') {
      this.running.get(event.get('Application-UUID') ?? '')?.resolve(event);
    }
    this.listener?.(event);
  }

  private end(error: EslError): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.first.reject(error);
    for (const { reject } of this.running.values()) reject(error);
    this.over.resolve(error);
  }
}
