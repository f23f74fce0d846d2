import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { MAX_BODY_BYTES, MAX_HEAD_BYTES } from '../message';
import { CloseWatchers, type Flow, type FlowEvents, type RemoteAddress } from './flow';

/** SIP over WebSocket (RFC 7118): one message per frame, always from the phone's own connection. */
export class WsListener {
  private constructor(
    private readonly server: WebSocketServer,
    events: FlowEvents,
  ) {
    server.on('connection', (socket, request) => accept(socket, request, events));
  }

  static async listen(host: string, port: number, events: FlowEvents): Promise<WsListener> {
    const server = new WebSocketServer({
      host,
      port,
      maxPayload: MAX_HEAD_BYTES + MAX_BODY_BYTES,
      handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).once('listening', () => {
        server.off('error', reject);
        resolve();
      });
    });
    return new WsListener(server, events);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const client of this.server.clients) client.terminate();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

function accept(socket: WebSocket, request: IncomingMessage, events: FlowEvents): void {
  const { remoteAddress = '', remotePort = 0 } = request.socket;
  const flow = new WsFlow(socket, { address: remoteAddress, port: remotePort });
  socket.on('error', () => socket.terminate());
  socket.on('message', (data: RawData) => {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
    if (bytes.length > 4) events.received(bytes, flow);
    else socket.send('\r\n');
  });
}

class WsFlow implements Flow {
  readonly protocol = 'WS';
  readonly isReliable = true;
  readonly #watchers = new CloseWatchers();

  constructor(
    private readonly socket: WebSocket,
    readonly remote: RemoteAddress,
  ) {
    socket.once('close', () => this.#watchers.tell());
  }

  get isClosed(): boolean {
    return this.socket.readyState !== this.socket.OPEN;
  }

  send(message: string): void {
    if (!this.isClosed) this.socket.send(message);
  }

  onClose(closed: () => void): () => void {
    return this.#watchers.add(closed);
  }
}
