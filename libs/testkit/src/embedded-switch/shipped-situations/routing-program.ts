import { createServer, type Server, type Socket } from 'node:net';

/** How the connector's end of the outbound event socket behaves; a list: it says one application after another. */
export type RoutingManner = 'lets go' | 'freezes' | 'talks nonsense' | readonly string[];

/** The other end of `socket ... async full`: answers `connect`, and then does as it is told. */
export class RoutingProgram {
  readonly #sockets = new Set<Socket>();
  /** Everything that the switch has said. */
  heard = '';

  private constructor(
    private readonly server: Server,
    private readonly manner: RoutingManner,
  ) {
    server.on('connection', (socket) => this.#converse(socket));
  }

  static async listen(port: number, manner: RoutingManner): Promise<RoutingProgram> {
    const server = createServer();
    const program = new RoutingProgram(server, manner);
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(port, '127.0.0.1', resolve),
    );
    return program;
  }

  /** Dies: connections end at once, and no new one is taken. */
  async close(): Promise<void> {
    this.#sockets.forEach((socket) => socket.destroy());
    if (this.server.listening) await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  #converse(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    let isConnected = false;
    let said = 0;
    socket.on('data', (chunk: Buffer) => {
      this.heard += chunk.toString();
      if (!this.heard.includes('\n\n')) return;
      if (!isConnected) this.#begin(socket);
      isConnected = true;
      if (typeof this.manner === 'string') return;
      while (said < this.manner.length && this.#isDone(said - 1)) {
        socket.write(execute(this.manner[said]!, said));
        said += 1;
      }
    });
    socket.write('connect\n\n');
  }

  #begin(socket: Socket): void {
    if (this.manner === 'lets go') socket.destroy();
    else if (this.manner === 'talks nonsense') socket.write(NONSENSE);
    else if (this.manner !== 'freezes') socket.write('myevents\n\n');
  }

  /** Music has to begin; everything else has to end before the next is said. */
  #isDone(index: number): boolean {
    if (index < 0) return true;
    const told = this.heard.split(`Application-UUID: ${nameOf(index)}\n`).length - 1;
    return told >= (this.manner[index]!.startsWith('playback') ? 1 : 2);
  }
}

/** No command, one without a name, an application that needs more, and half a message. */
const NONSENSE =
  'GET / HTTP/1.1\n\nsendmsg\n\n' + 'sendmsg\ncall-command: execute\nexecute-app-name: sched_cancel-not\n';

/** By which the events of an application are known: CHANNEL_EXECUTE and CHANNEL_EXECUTE_COMPLETE. */
function nameOf(index: number): string {
  return `step-${index}`;
}

/** @param said an application and its data */
function execute(said: string, index: number): string {
  const [, app = '', data = ''] = /^(\S+) ?(.*)$/.exec(said) ?? [];
  const lines = [
    'sendmsg',
    'call-command: execute',
    `execute-app-name: ${app}`,
    `execute-app-arg: ${data}`,
    `Event-UUID: ${nameOf(index)}`,
  ];
  return `${lines.join('\n')}\n\n`;
}
