import type { Socket } from 'node:net';
import { Connection } from 'modesl';
import type { EslAnomalyKind } from './anomaly';
import type { EslClock } from './clock';
import { deferred } from './deferred';
import { EslConnectionLostError, EslError, EslRefusedError, FramingError } from './errors';
import type { EslEvent } from './esl-event';
import { FrameDecoder } from './frame-decoder';
import type { Frame } from './frame-decoder';
import { lazyJsonEvent } from './lazy-json-event';
import { logInLine, logInRefused, logInTimeout } from './log-in';
import type { EslCredentials } from './log-in';
import { plainEvent } from './plain-event';
import { ReplyQueue } from './reply-queue';
import type { EslReply } from './reply-queue';
import { assertSingleLine } from './single-line';

/** Where the switch listens and how to log in. */
export interface EslAddress extends EslCredentials {
  readonly host: string;
  readonly port: number;
}

export interface EslConnectionOptions extends EslAddress {
  /** From the first SYN to the accepted log-in, ms. */
  readonly connectTimeoutMs: number;
  /** How long after a command's time-out its reply may still be missing before the connection counts as dead, ms. */
  readonly stallMs: number;
  readonly clock: EslClock;
}

/** Who owns the connection. Called in the order of the wire. */
export interface EslConnectionOwner {
  onEvent(event: EslEvent): void;
  onAnomaly(kind: EslAnomalyKind, sample: string): void;
  /** Once, when a connection that was open is gone, for whatever reason. */
  onClosed(error: EslError): void;
}

/** First TCP keep-alive probe after this silence, ms: finds a dead peer on the command socket, which is often idle. */
const KEEP_ALIVE_MS = 15_000;

/**
 * One TCP connection to mod_event_socket, from connect to close; it is never used again after that.
 *
 * modesl opens the socket and writes the commands. Reading is ours: modesl's parser can be crashed by a caller (a `%` in
 * a name) and its reply queues lose count. Two modes: `opening` until the switch accepts the log-in ({@link opened}), then
 * `open`; `closed` is entered from both by {@link close}, FIN, RST, a framing fault or a time-out, and left by nothing.
 * Every promise given out is settled at the latest on closing.
 */
export class EslConnection extends Connection {
  /** Settled when the log-in is done; rejects with the reason if it can't be. */
  readonly opened: Promise<void>;

  private readonly wire: Socket;
  private readonly decoder = new FrameDecoder();
  private readonly replies: ReplyQueue;
  private readonly cancelConnectTimer: () => void;
  private readonly failOpening: (error: EslError) => void;
  private phase: 'opening' | 'open' | 'closed' = 'opening';
  private farewell = '';

  /** Starts connecting. @throws EslUnsafeCommandError when user or password hold a line end. */
  constructor(
    private readonly options: EslConnectionOptions,
    private readonly owner: EslConnectionOwner,
  ) {
    assertSingleLine('the log-in', logInLine(options));
    const opening = deferred<undefined>();
    super(options.host, options.port, options.password, () => {
      opening.resolve(undefined);
    });
    if (!this.socket) throw new EslConnectionLostError('no socket was made');
    this.wire = this.socket; // modesl drops its own reference on FIN
    this.opened = opening.promise;
    this.failOpening = opening.reject;
    this.replies = new ReplyQueue(options.clock, options.stallMs, (error) => {
      this.close(error);
    });
    this.cancelConnectTimer = options.clock.after(options.connectTimeoutMs, () => {
      this.close(logInTimeout(options.connectTimeoutMs, this.decoder.unfinished));
    });
    this.wire.on('close', () => {
      this.close(this.lost());
    });
  }

  /**
   * Sends one command and waits for its reply; commands may overlap, replies come in order.
   * @param label what to call the command in errors and logs; never holds its arguments.
   * @throws EslUnsafeCommandError on a line end inside; EslConnectionLostError; EslTimeoutError after `timeoutMs`.
   */
  async command(
    label: string,
    line: string,
    timeoutMs: number,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<EslReply> {
    assertSingleLine(label, line);
    for (const [name, value] of Object.entries(headers)) assertSingleLine(label, name + value);
    if (this.phase !== 'open') throw new EslConnectionLostError(`${label}: not connected, nothing was sent`);
    const reply = this.replies.expect(label, timeoutMs);
    this.send(line, headers);
    return reply;
  }

  /** Closes at once. Commands in flight are rejected with an unknown outcome. Does nothing the second time. */
  close(error: EslError): void {
    if (this.phase === 'closed') return;
    const wasOpening = this.phase === 'opening';
    this.phase = 'closed';
    this.cancelConnectTimer();
    this.wire.destroy();
    this.replies.failAll(error);
    if (wasOpening) this.failOpening(error);
    else this.owner.onClosed(error);
  }

  /** Stops reading; the switch queues up to 100 000 events for a reader that waits. */
  pause(): void {
    this.wire.pause();
  }

  resume(): void {
    this.wire.resume();
  }

  override connected(): boolean {
    return this.phase === 'open';
  }

  /** One packet per command: modesl writes line, headers and end one by one. */
  override send(line: string, headers: Readonly<Record<string, string>> = {}): void {
    this.wire.cork();
    super.send(line, headers);
    this.wire.uncork();
  }

  protected override _onConnect(): void {
    this.connecting = false;
    this.wire.setNoDelay(true);
    this.wire.setKeepAlive(true, KEEP_ALIVE_MS);
    this.wire.on('data', (chunk: Buffer) => {
      this.read(chunk);
    });
    this.wire.on('end', () => {
      this.close(this.lost());
    });
  }

  protected override _onError(cause: Error): void {
    this.close(this.lost(cause));
  }

  private read(chunk: Buffer): void {
    try {
      for (const frame of this.decoder.push(chunk)) {
        if (this.phase === 'closed') return;
        this.receiveSafely(frame);
      }
    } catch (error) {
      this.close(
        error instanceof EslError
          ? error
          : new FramingError('the stream could not be read', { cause: error }),
      );
    }
  }

  /** A fault while one frame is handled must not cost the frames behind it. */
  private receiveSafely(frame: Frame): void {
    try {
      this.receive(frame);
    } catch (error) {
      this.owner.onAnomaly('handler-failed', String(error));
    }
  }

  private receive(frame: Frame): void {
    switch (frame.contentType) {
      case 'text/event-json':
        this.receiveEvent(lazyJsonEvent, frame);
        break;
      case 'text/event-plain':
        this.receiveEvent(plainEvent, frame);
        break;
      case 'text/event-xml':
        this.owner.onAnomaly('unsupported-format', frame.contentType);
        break;
      case 'command/reply':
        this.receiveReply(frame.headers.get('Reply-Text') ?? '');
        break;
      case 'api/response':
        this.receiveReply(frame.body.toString('utf8'));
        break;
      case 'auth/request':
        if (this.phase === 'opening') this.send(logInLine(this.options));
        break;
      case 'text/rude-rejection':
        this.close(new EslRefusedError('the switch refused our address (its apply-inbound-acl)'));
        break;
      case 'text/disconnect-notice':
        this.receiveFarewell(frame);
        break;
      case 'log/data': // comes only after a `log` command, which nobody here gives
        break;
      default:
        this.owner.onAnomaly('unknown-content-type', frame.contentType);
    }
  }

  private receiveEvent(decode: (text: Buffer) => EslEvent, frame: Frame): void {
    let event: EslEvent;
    try {
      event = decode(frame.body);
    } catch {
      this.owner.onAnomaly('malformed-event', frame.body.toString('utf8', 0, 200));
      return;
    }
    this.owner.onEvent(event);
  }

  private receiveReply(text: string): void {
    if (this.phase === 'opening') {
      this.receiveVerdict(text);
      return;
    }
    const outcome = this.replies.settle({ text });
    if (outcome === 'late') this.owner.onAnomaly('late-reply', text);
    if (outcome === 'unexpected') this.owner.onAnomaly('unexpected-reply', text);
  }

  private receiveVerdict(text: string): void {
    if (!text.startsWith('+OK')) {
      this.close(logInRefused(this.options));
      return;
    }
    this.phase = 'open';
    this.authed = true;
    this.cancelConnectTimer();
    this.emit('esl::ready');
  }

  /** The switch's last words before it closes; a lingering socket (`linger`) is not closing yet. */
  private receiveFarewell(frame: Frame): void {
    if (frame.headers.get('Content-Disposition') !== 'linger') this.farewell = frame.body.toString('utf8');
  }

  private lost(cause?: Error): EslConnectionLostError {
    const said = this.farewell.split('\n', 1)[0] ?? '';
    const how = cause ? `the connection failed (${cause.message})` : 'the switch closed the connection';
    return new EslConnectionLostError(said ? `${how}: ${said}` : how, { cause });
  }
}
