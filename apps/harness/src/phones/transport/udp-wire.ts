import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { placeName, type Place } from '../wire/address';
import { wireError, type Wire, type WireListener } from './wire';

export interface UdpWireOptions {
  /** Our own address and port (0 for any). */
  readonly local: Place;
  /** A bad network for tests: says of each message whether it is lost. */
  readonly loses?: (direction: 'sent' | 'received') => boolean;
}

/** Empty lines and bytes of this kind keep address translations open; they are no messages (RFC 5626, RFC 3261 7.5). */
const KEEP_ALIVE = /^[\r\n\0]*$/;

/** SIP over UDP: one socket for everybody. What is lost is repeated by the transport (`wire/retransmission.ts`). */
export class UdpWire implements Wire {
  readonly protocol = 'UDP';
  readonly isReliable = false;

  private constructor(
    private readonly socket: Socket,
    private readonly options: UdpWireOptions,
    listener: WireListener,
  ) {
    socket.on('message', (bytes, { address, port }) => {
      const text = bytes.toString('utf8');
      if (KEEP_ALIVE.test(text) || options.loses?.('received')) return;
      listener.onMessage(text, { host: address, port });
    });
    socket.on('error', (error) => listener.onAnomaly(`UDP: ${error.message}`));
  }

  /** @throws WireError */
  static async open(options: UdpWireOptions, listener: WireListener): Promise<UdpWire> {
    const socket = createSocket('udp4');
    try {
      socket.bind(options.local.port, options.local.host);
      await once(socket, 'listening');
    } catch (error) {
      socket.close();
      throw wireError('UDP', placeName(options.local), error);
    }
    return new UdpWire(socket, options, listener);
  }

  get local(): Place {
    const { address, port } = this.socket.address();
    return { host: address, port };
  }

  async send(text: string, to: Place): Promise<void> {
    if (this.options.loses?.('sent')) return;
    await new Promise<void>((resolve, reject) => {
      this.socket.send(text, to.port, to.host, (error) =>
        error ? reject(wireError('UDP', placeName(to), error)) : resolve(),
      );
    });
  }

  async reconnect(): Promise<void> {
    // Nothing is connected, so nothing can be lost.
  }

  async close(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }
}
