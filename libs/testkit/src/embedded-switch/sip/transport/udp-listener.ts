import { createSocket, type Socket } from 'node:dgram';
import type { Flow, FlowEvents, RemoteAddress } from './flow';

interface UdpSocket {
  readonly socket: Socket;
  isClosed: boolean;
}

/** SIP over UDP: one socket, a flow per address. */
export class UdpListener {
  readonly #socket: UdpSocket;
  readonly #events: FlowEvents;

  private constructor(socket: Socket, events: FlowEvents) {
    this.#socket = { socket, isClosed: false };
    this.#events = events;
    socket.on('message', (bytes, remote) => this.#received(bytes, remote));
    // ICMP errors of a peer that is gone: the transaction's timers find out
    socket.on('error', () => undefined);
  }

  /** @param port 0 takes a free one */
  static async listen(host: string, port: number, events: FlowEvents): Promise<UdpListener> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject).bind(port, host, () => {
        socket.off('error', reject);
        resolve();
      });
    });
    return new UdpListener(socket, events);
  }

  get port(): number {
    return this.#socket.socket.address().port;
  }

  flowTo(remote: RemoteAddress): Flow {
    return new UdpFlow(this.#socket, remote);
  }

  async close(): Promise<void> {
    this.#socket.isClosed = true;
    await new Promise<void>((resolve) => this.#socket.socket.close(() => resolve()));
  }

  #received(bytes: Buffer, { address, port }: RemoteAddress): void {
    // a keep-alive of a phone behind NAT: CRLF, or nothing but zeros
    if (bytes.length <= 4) return;
    this.#events.received(bytes, new UdpFlow(this.#socket, { address, port }));
  }
}

class UdpFlow implements Flow {
  readonly protocol = 'UDP';
  readonly isReliable = false;

  constructor(
    private readonly socket: UdpSocket,
    readonly remote: RemoteAddress,
  ) {}

  /** The switch has let go of the port; the peer may be reached by a new one. */
  get isClosed(): boolean {
    return this.socket.isClosed;
  }

  send(message: string): void {
    // the switch was stopped while an answer was on its way
    try {
      this.socket.socket.send(message, this.remote.port, this.remote.address);
    } catch {
      return;
    }
  }

  onClose(): () => void {
    return () => undefined;
  }
}
