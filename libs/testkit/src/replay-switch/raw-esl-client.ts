import { connect, type Socket } from 'node:net';
import { Waiting } from './waiting';

/** A frame as it was read: its header lines, and its body if it announced one. */
export interface RawFrame {
  readonly head: string;
  readonly contentType: string;
  readonly body: string;
}

type Json = Readonly<Record<string, string | readonly string[]>>;

/**
 * For specs: speaks the event socket by hand and keeps every byte it reads. It shares no code with the connector's own
 * client, so that one mistake cannot hide the other.
 */
export class RawEslClient {
  readonly frames: RawFrame[] = [];
  /** The json events among them. */
  readonly events: Json[] = [];
  /** How the connection ended: "fin", "rst", or the code of the error. */
  readonly ended: Promise<string>;
  readonly #chunks: Buffer[] = [];
  readonly #news = new Waiting<RawEslClient>();
  #unread = Buffer.alloc(0);

  static async connect(port: number): Promise<RawEslClient> {
    const socket = connect(port, '127.0.0.1');
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject);
    });
    return new RawEslClient(socket);
  }

  /** Connects, logs in, and subscribes if told to. */
  static async login(port: number, subscription?: string, password = 'ClueCon'): Promise<RawEslClient> {
    const client = await RawEslClient.connect(port);
    await client.frameNumber(1);
    await client.command(`auth ${password}`);
    if (subscription !== undefined) await client.command(subscription);
    return client;
  }

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    this.ended = new Promise((resolve) => {
      socket.once('error', (error: NodeJS.ErrnoException) =>
        resolve(error.code === 'ECONNRESET' ? 'rst' : String(error.code)),
      );
      socket.once('end', () => resolve('fin'));
    });
    void this.ended.then(() => this.#news.seen(this));
  }

  /** All bytes since the connection. */
  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  write(text: string): void {
    this.socket.write(text);
  }

  /** Sends a command and gives the frame that answers it. */
  async command(text: string): Promise<RawFrame> {
    const isAnswer = ({ contentType }: RawFrame): boolean =>
      /^(command\/reply|api\/response)$/.test(contentType);
    const before = this.frames.filter(isAnswer).length;
    this.write(`${text}\n\n`);
    await this.until(() => this.frames.filter(isAnswer).length > before);
    return this.frames.filter(isAnswer)[before]!;
  }

  /** Sends an api command and gives its output. */
  async api(command: string): Promise<string> {
    return (await this.command(`api ${command}`)).body;
  }

  /** The n-th frame since the connection (the greeting is the first). */
  async frameNumber(n: number): Promise<RawFrame> {
    await this.until(() => this.frames.length >= n);
    return this.frames[n - 1]!;
  }

  /** Waits for a json event of that name. */
  async event(name: string): Promise<Json> {
    const found = (): Json | undefined => this.events.find((event) => event['Event-Name'] === name);
    await this.until(() => found() !== undefined);
    return found()!;
  }

  /** Waits until what was read fulfils a condition. */
  async until(condition: () => boolean): Promise<void> {
    if (!condition()) await this.#news.next(condition);
  }

  close(): void {
    this.socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (let frame = this.#nextFrame(); frame; frame = this.#nextFrame()) {
      this.frames.push(frame);
      if (frame.contentType === 'text/event-json') this.events.push(JSON.parse(frame.body) as Json);
    }
    this.#news.seen(this);
  }

  #nextFrame(): RawFrame | undefined {
    const end = this.#unread.indexOf('\n\n');
    if (end < 0) return undefined;
    const head = this.#unread.toString('utf8', 0, end);
    const length = Number(/^Content-Length: (\d+)$/m.exec(head)?.[1] ?? 0);
    if (this.#unread.length < end + 2 + length) return undefined;
    const body = this.#unread.toString('utf8', end + 2, end + 2 + length);
    this.#unread = this.#unread.subarray(end + 2 + length);
    return { head, contentType: /^Content-Type: (.*)$/m.exec(head)?.[1] ?? '', body };
  }
}
