import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** One client of the test server, with every command it gave. */
export class TestPeer {
  /** Command blocks without their closing empty line. */
  readonly received: string[] = [];
  private unread = '';

  constructor(
    readonly socket: Socket,
    private readonly onCommand: (peer: TestPeer, command: string) => void,
  ) {
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      this.read(chunk.toString('utf8'));
    });
  }

  /** Writes bytes as they are. */
  send(bytes: string | Buffer): void {
    this.socket.write(bytes);
  }

  reply(text: string): void {
    this.send(`Content-Type: command/reply\nReply-Text: ${text}\n\n`);
  }

  apiReply(body: string): void {
    this.send(`Content-Type: api/response\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`);
  }

  private read(text: string): void {
    this.unread += text;
    for (let end = this.unread.indexOf('\n\n'); end !== -1; end = this.unread.indexOf('\n\n')) {
      const command = this.unread.slice(0, end);
      this.unread = this.unread.slice(end + 2);
      this.received.push(command);
      this.onCommand(this, command);
    }
  }
}

/** What the server does; each may be replaced in the middle of a test. */
export interface TestScript {
  password: string;
  onConnect: (peer: TestPeer) => void;
  /** Commands after the log-in. */
  onCommand: (peer: TestPeer, command: string) => void;
}

/** What FreeSWITCH writes before it closes (mod_event_socket, `send_disconnect`). */
export const GOODBYE =
  'Content-Type: text/disconnect-notice\nContent-Length: 67\n\n' +
  'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n';

export const REJECTION =
  'Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n\n';

/** A TCP server that speaks the event socket as far as its script goes, byte for byte as mod_event_socket does. */
export class EslTestServer {
  readonly peers: TestPeer[] = [];
  readonly script: TestScript = {
    password: 'ClueCon',
    onConnect: (peer) => {
      peer.send('Content-Type: auth/request\n\n');
    },
    onCommand: answerKindly,
  };
  private readonly server: Server = createServer((socket) => {
    const peer = new TestPeer(socket, (from, command) => {
      this.receive(from, command);
    });
    this.peers.push(peer);
    this.script.onConnect(peer);
  });

  /** @param port 0 for any free one. */
  static async start(port = 0): Promise<EslTestServer> {
    const server = new EslTestServer();
    await new Promise<void>((resolve) => server.server.listen(port, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The newest connection that subscribed. */
  get events(): TestPeer {
    return newest(this.peers.filter((peer) => peer.received.some((command) => command.startsWith('event '))));
  }

  /** The newest connection that logged in and did not subscribe. */
  get commands(): TestPeer {
    return newest(
      this.peers.filter((peer) => !peer.received.some((command) => command.startsWith('event '))),
    );
  }

  /** Every command of every connection that begins so. */
  received(start: string): string[] {
    return this.peers.flatMap((peer) => peer.received).filter((command) => command.startsWith(start));
  }

  async close(): Promise<void> {
    for (const peer of this.peers) peer.socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private receive(peer: TestPeer, command: string): void {
    if (!/^(user)?auth /.test(command)) {
      this.script.onCommand(peer, command);
    } else if (command.endsWith(this.script.password)) {
      peer.reply('+OK accepted');
    } else {
      peer.send(`Content-Type: command/reply\nReply-Text: -ERR invalid\n\n${GOODBYE}`);
      peer.socket.end();
    }
  }
}

/** Subscribes, runs every `api` (its output is the command itself) and accepts every `bgapi` without a result. */
export function answerKindly(peer: TestPeer, command: string): void {
  const jobUuid = /^Job-UUID: (.+)$/m.exec(command)?.[1] ?? '';
  if (command.startsWith('event ')) peer.reply('+OK event listener enabled json');
  else if (command.startsWith('api ')) peer.apiReply(command.slice('api '.length));
  else if (command.startsWith('bgapi ')) peer.reply(`+OK Job-UUID: ${jobUuid}\nJob-UUID: ${jobUuid}`);
  else peer.reply('-ERR command not found');
}

function newest(peers: TestPeer[]): TestPeer {
  const peer = peers.at(-1);
  if (!peer) throw new Error('no such connection');
  return peer;
}
