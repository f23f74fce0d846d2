import type { Socket } from 'node:net';
import type { EslClock } from '../clock';
import { EslCommandError, EslConnectionLostError, EslError, FramingError } from '../errors';
import type { EslEvent } from '../esl-event';
import { FrameDecoder, type Frame } from '../frame-decoder';
import { lazyJsonEvent } from '../lazy-json-event';
import { ReplyQueue } from '../reply-queue';
import { assertSingleLine } from '../single-line';

/** Who reads the wire; called in its order. */
export interface OutboundReader {
  /** The answer to `connect`, which is the channel's data as well. */
  onFirstReply(frame: Frame): void;
  onEvent(event: EslEvent): void;
  /** The channel has ended; with `linger` the connection stays a little longer. */
  onFarewell(): void;
  /** Once, for whatever reason. */
  onClosed(error: EslError): void;
}

export interface WireOptions {
  readonly clock: EslClock;
  /** For the reply to a command, ms. */
  readonly commandTimeoutMs: number;
}

/**
 * One connection that a switch has opened to us: frames in, commands out, replies in the order of commands. What cannot be
 * read closes it: the other side need not be a switch.
 */
export class OutboundWire {
  private readonly decoder = new FrameDecoder();
  private readonly replies: ReplyQueue;
  private hasFirstReply = false;
  private isClosed = false;

  constructor(
    private readonly socket: Socket,
    private readonly reader: OutboundReader,
    private readonly options: WireOptions,
  ) {
    this.replies = new ReplyQueue(options.clock, options.commandTimeoutMs, (error) => this.close(error));
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', (cause) => this.close(lost(`the connection failed (${cause.message})`)));
    socket.on('close', () => this.close(lost('the switch closed the connection')));
  }

  /** Sends `connect`, the first of all commands. */
  connect(): void {
    this.socket.write('connect\n\n');
  }

  /**
   * Sends a command and waits for its reply.
   *
   * @throws EslUnsafeCommandError on a line end inside, EslCommandError when the switch says no, EslConnectionLostError,
   *   EslTimeoutError
   */
  async command(
    label: string,
    line: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const lines = [line, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
    for (const one of lines) assertSingleLine(label, one);
    if (this.isClosed) throw lost(`${label}: not connected, nothing was sent`);
    const reply = this.replies.expect(label, this.options.commandTimeoutMs);
    this.socket.write(`${lines.join('\n')}\n\n`);
    const { text } = await reply;
    if (/^-(ERR|USAGE)\b/.test(text)) throw new EslCommandError(label, text);
    return text;
  }

  /** Closes at once; what is in flight fails. Does nothing the second time. */
  close(error: EslError): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.socket.destroy();
    this.replies.failAll(error);
    this.reader.onClosed(error);
  }

  private read(chunk: Buffer): void {
    try {
      for (const frame of this.decoder.push(chunk)) if (!this.isClosed) this.receive(frame);
    } catch (error) {
      this.close(error instanceof EslError ? error : new FramingError('what came cannot be read'));
    }
  }

  private receive(frame: Frame): void {
    switch (frame.contentType) {
      case 'command/reply':
        this.receiveReply(frame);
        break;
      case 'api/response':
        this.replies.settle({ text: frame.body.toString('utf8') });
        break;
      case 'text/event-json':
        this.reader.onEvent(lazyJsonEvent(frame.body));
        break;
      case 'text/disconnect-notice':
        this.reader.onFarewell();
        break;
      default:
        throw new FramingError('no switch sends this');
    }
  }

  private receiveReply(frame: Frame): void {
    if (this.hasFirstReply) {
      this.replies.settle({ text: frame.headers.get('Reply-Text') ?? '' });
      return;
    }
    this.hasFirstReply = true;
    this.reader.onFirstReply(frame);
  }
}

function lost(message: string): EslConnectionLostError {
  return new EslConnectionLostError(message);
}
