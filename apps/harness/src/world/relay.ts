import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Place {
  readonly host: string;
  readonly port: number;
}

/** Passes connections on, and can be cut: whoever is behind it is away then, though nothing has happened to him. */
export class Relay {
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  private constructor(
    private readonly server: Server,
    readonly place: Place,
  ) {}

  /** Listens on a free port of this machine. */
  static async open(behind: Place): Promise<Relay> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const relay = new Relay(server, { host: '127.0.0.1', port });
    server.on('connection', (socket) => relay.#pass(socket, behind));
    return relay;
  }

  /** Ends all connections, and takes no new ones until `mend`. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    if (this.server.listening) await once(this.server, 'close');
  }

  #pass(socket: Socket, behind: Place): void {
    if (this.#isCut) {
      socket.destroy();
      return;
    }
    const onwards = connect(behind);
    for (const [one, other] of [
      [socket, onwards],
      [onwards, socket],
    ] as const) {
      this.#sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}
