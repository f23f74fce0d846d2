import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { CloseWatchers, type Flow, type FlowEvents, type RemoteAddress } from './flow';
import { StreamFramer } from './stream-framer';

/** SIP over TCP: connections that came in, and those the switch opened. A connection is used both ways. */
export class TcpListener {
  readonly #flows = new Map<string, TcpFlow>();

  private constructor(
    private readonly server: Server,
    private readonly events: FlowEvents,
  ) {
    server.on('connection', (socket) => this.#keep(new TcpFlow(socket, remoteOf(socket), this.events)));
  }

  static async listen(host: string, port: number, events: FlowEvents): Promise<TcpListener> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    return new TcpListener(server, events);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The open connection to an address, or a new one. What is sent before it stands waits. */
  flowTo(remote: RemoteAddress): Flow {
    const open = this.#flows.get(keyOf(remote));
    return open ?? this.#keep(new TcpFlow(connect(remote.port, remote.address), remote, this.events));
  }

  /** Ends all connections at once and listens no more. */
  async close(): Promise<void> {
    for (const flow of this.#flows.values()) flow.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  #keep(flow: TcpFlow): TcpFlow {
    const key = keyOf(flow.remote);
    this.#flows.set(key, flow);
    flow.onClose(() => {
      if (this.#flows.get(key) === flow) this.#flows.delete(key);
    });
    return flow;
  }
}

class TcpFlow implements Flow {
  readonly protocol = 'TCP';
  readonly isReliable = true;
  readonly #framer = new StreamFramer();
  readonly #watchers = new CloseWatchers();

  constructor(
    private readonly socket: Socket,
    readonly remote: RemoteAddress,
    private readonly events: FlowEvents,
  ) {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#watchers.tell());
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
  }

  get isClosed(): boolean {
    return this.socket.destroyed;
  }

  send(message: string): void {
    if (this.socket.writable || this.socket.connecting) this.socket.write(message);
  }

  onClose(closed: () => void): () => void {
    return this.#watchers.add(closed);
  }

  destroy(): void {
    this.socket.destroy();
  }

  #read(chunk: Buffer): void {
    const read = this.#framer.feed(chunk);
    if (!read) {
      this.socket.destroy();
      return;
    }
    if (read.pings > 0) this.send('\r\n');
    for (const message of read.messages) this.events.received(message, this);
  }
}

function remoteOf(socket: Socket): RemoteAddress {
  return { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
}

function keyOf({ address, port }: RemoteAddress): string {
  return `${address}:${port}`;
}
