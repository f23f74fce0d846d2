import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { placeName, type Place } from '../wire/address';
import { SipFramer } from '../wire/sip-framer';
import { wireError, WireError, type Wire, type WireListener } from './wire';

export interface TcpWireOptions {
  /** All requests go there, over one connection. Without it each goes where its address says. */
  readonly server?: Place;
  /** Takes connections of others there; port 0 for any. */
  readonly listen?: Place;
  readonly connectTimeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
const PONG = '\r\n';

/**
 * SIP over TCP. A phone has one connection, to its server; one that listens (a trunk, a phone without a server) has as many
 * as others open, and opens one itself when it has something for somebody who has none.
 */
export class TcpWire implements Wire {
  readonly protocol = 'TCP';
  readonly isReliable = true;
  /** By the far end's place. */
  readonly #sockets = new Map<string, Socket>();
  #listening: Server | undefined;
  #toServer: Socket | undefined;
  #isClosed = false;

  private constructor(
    private readonly options: TcpWireOptions,
    private readonly listener: WireListener,
  ) {}

  /** @throws WireError */
  static async open(options: TcpWireOptions, listener: WireListener): Promise<TcpWire> {
    const wire = new TcpWire(options, listener);
    try {
      if (options.listen) await wire.#listen(options.listen);
      await wire.reconnect();
      return wire;
    } catch (error) {
      await wire.close();
      throw error;
    }
  }

  get local(): Place {
    const listening = this.#listening?.address() as AddressInfo | null | undefined;
    const { localAddress = '127.0.0.1', localPort = 0 } = this.#toServer ?? {};
    return listening
      ? { host: listening.address, port: listening.port }
      : { host: localAddress, port: localPort };
  }

  async send(text: string, to: Place): Promise<void> {
    const socket = this.#sockets.get(placeName(to)) ?? (await this.#connectOnDemand(to));
    await new Promise<void>((resolve, reject) => {
      socket.write(text, (error) => (error ? reject(wireError('TCP', placeName(to), error)) : resolve()));
    });
  }

  async reconnect(): Promise<void> {
    const { server } = this.options;
    if (!server || (this.#toServer && !this.#toServer.destroyed)) return;
    const socket = await this.#connect(server);
    this.#toServer = socket;
    socket.once('close', () => {
      if (!this.#isClosed && this.#toServer === socket)
        this.listener.onLost(new WireError(`TCP to ${placeName(server)}: the connection is gone`));
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const socket of this.#sockets.values()) socket.end().destroySoon();
    const listening = this.#listening;
    if (!listening) return;
    await new Promise((resolve) => listening.close(resolve));
  }

  async #listen({ host, port }: Place): Promise<void> {
    this.#listening = createServer((socket) => this.#take(socket, remotePlace(socket)));
    try {
      this.#listening.listen(port, host);
      await once(this.#listening, 'listening');
    } catch (error) {
      throw wireError('TCP', placeName({ host, port }), error);
    }
  }

  async #connectOnDemand(to: Place): Promise<Socket> {
    if (this.options.server) throw new WireError(`TCP to ${placeName(to)}: not connected`);
    return this.#connect(to);
  }

  async #connect(to: Place): Promise<Socket> {
    const socket = connect({ host: to.host, port: to.port, noDelay: true });
    const timeoutMs = this.options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
    try {
      await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) });
    } catch (error) {
      socket.destroy();
      const isLate = error instanceof Error && error.name === 'AbortError';
      throw wireError(
        'TCP',
        placeName(to),
        isLate ? new Error(`no connection within ${timeoutMs} ms`) : error,
      );
    }
    this.#take(socket, to);
    return socket;
  }

  #take(socket: Socket, place: Place): void {
    const key = placeName(place);
    const framer = new SipFramer();
    this.#sockets.set(key, socket);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(socket, framer, chunk, place));
    socket.on('error', (error) => this.listener.onAnomaly(`TCP with ${key}: ${error.message}`));
    socket.on('close', () => {
      if (this.#sockets.get(key) === socket) this.#sockets.delete(key);
    });
  }

  #receive(socket: Socket, framer: SipFramer, chunk: Buffer, from: Place): void {
    try {
      for (const frame of framer.push(chunk)) {
        if (frame.kind === 'ping') socket.write(PONG);
        else this.listener.onMessage(frame.text, from);
      }
    } catch (error) {
      this.listener.onAnomaly(`TCP with ${placeName(from)} closed: ${String(error)}`);
      socket.destroy();
    }
  }
}

function remotePlace({ remoteAddress = '', remotePort = 0 }: Socket): Place {
  return { host: remoteAddress.replace(/^::ffff:/, ''), port: remotePort };
}
