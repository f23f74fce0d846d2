import { createServer, type Server, type Socket } from 'node:net';

/** How the connector's end of the outbound event socket behaves. */
export type RoutingManner = 'rings 1002' | 'lets go' | 'freezes' | 'talks nonsense';

/** The other end of `socket ... async full`: answers `connect`, and then does as it is told. */
export class RoutingProgram {
  readonly #sockets = new Set<Socket>();
  /** Everything that the switch has said. */
  heard = '';

  private constructor(
    private readonly server: Server,
    private readonly manner: RoutingManner,
    private readonly domain: string,
  ) {
    server.on('connection', (socket) => this.#converse(socket));
  }

  static async listen(port: number, manner: RoutingManner, domain: string): Promise<RoutingProgram> {
    const server = createServer();
    const program = new RoutingProgram(server, manner, domain);
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(port, '127.0.0.1', resolve),
    );
    return program;
  }

  async close(): Promise<void> {
    this.#sockets.forEach((socket) => socket.destroy());
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  #converse(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    let isConnected = false;
    socket.on('data', (chunk: Buffer) => {
      this.heard += chunk.toString();
      if (isConnected || !this.heard.includes('\n\n')) return;
      isConnected = true;
      if (this.manner === 'lets go') socket.destroy();
      if (this.manner === 'rings 1002') socket.write(bridge(`user/1002@${this.domain}`));
      if (this.manner === 'talks nonsense') socket.write(NONSENSE);
    });
    socket.write('connect\n\n');
  }
}

/** No command, one without a name, an application that needs more, and half a message. */
const NONSENSE =
  'GET / HTTP/1.1\n\nsendmsg\n\n' + 'sendmsg\ncall-command: execute\nexecute-app-name: sched_cancel-not\n';

function bridge(dialString: string): string {
  const lines = [
    'sendmsg',
    'call-command: execute',
    'execute-app-name: bridge',
    `execute-app-arg: ${dialString}`,
  ];
  return `${lines.join('\n')}\n\n`;
}
