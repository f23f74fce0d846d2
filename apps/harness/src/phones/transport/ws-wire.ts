import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Place } from '../wire/address';
import { wireError, WireError, type Wire, type WireListener } from './wire';

export interface WsWireOptions {
  /** `ws://host:port/path` or `wss://...` */
  readonly url: string;
  readonly server: Place;
  readonly connectTimeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** SIP over a WebSocket to the server (RFC 7118): one message per frame. Nobody can call back but through it. */
export class WsWire implements Wire {
  readonly protocol = 'WS';
  readonly isReliable = true;
  /** A browser does not know its address either, and names itself like this. */
  readonly local: Place = { host: `${randomBytes(6).toString('hex')}.invalid`, port: 0 };
  #socket: WebSocket | undefined;
  #isClosed = false;

  private constructor(
    private readonly options: WsWireOptions,
    private readonly listener: WireListener,
  ) {}

  /** @throws WireError */
  static async open(options: WsWireOptions, listener: WireListener): Promise<WsWire> {
    const wire = new WsWire(options, listener);
    await wire.reconnect();
    return wire;
  }

  async send(text: string): Promise<void> {
    const socket = this.#socket;
    if (!socket) throw new WireError(`WS to ${this.options.url}: not connected`);
    await new Promise<void>((resolve, reject) => {
      socket.send(text, (error) => (error ? reject(wireError('WS', this.options.url, error)) : resolve()));
    });
  }

  async reconnect(): Promise<void> {
    if (this.#socket) return;
    const { url, connectTimeoutMs = CONNECT_TIMEOUT_MS } = this.options;
    const socket = new WebSocket(url, 'sip', {
      handshakeTimeout: connectTimeoutMs,
      maxPayload: MAX_MESSAGE_BYTES,
    });
    try {
      await once(socket, 'open');
    } catch (error) {
      throw wireError('WS', url, error);
    }
    this.#take(socket);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const socket = this.#socket;
    if (!socket) return;
    const isClosed = once(socket, 'close');
    socket.close();
    await isClosed;
  }

  #take(socket: WebSocket): void {
    this.#socket = socket;
    socket.on('message', (data) => {
      const text = Buffer.isBuffer(data) ? data.toString('utf8') : '';
      if (text.trim() !== '') this.listener.onMessage(text, this.options.server);
    });
    socket.on('error', (error) => this.listener.onAnomaly(`WS with ${this.options.url}: ${error.message}`));
    socket.on('close', () => {
      this.#socket = undefined;
      if (!this.#isClosed)
        this.listener.onLost(new WireError(`WS to ${this.options.url}: the connection is gone`));
    });
  }
}
