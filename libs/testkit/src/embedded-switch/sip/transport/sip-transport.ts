import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Flow, FlowEvents, SipProtocol } from './flow';
import { TcpListener } from './tcp-listener';
import { UdpListener } from './udp-listener';
import { WsListener } from './ws-listener';

/** Where a profile listens. */
export interface ListenOn {
  readonly host: string;
  /** The same number for UDP and TCP, as FreeSWITCH has it; 0 takes a free one. */
  readonly port: number;
  /** WebSocket; undefined = none. */
  readonly wsPort?: number;
}

/** All the ways SIP comes in and goes out by. */
export class SipTransport {
  private constructor(
    private readonly udp: UdpListener,
    private readonly tcp: TcpListener,
    private readonly ws: WsListener | undefined,
  ) {}

  /** @throws the system's error when a port is taken */
  static async listen({ host, port, wsPort }: ListenOn, events: FlowEvents): Promise<SipTransport> {
    const [udp, tcp] = await listenOnBoth(host, port, events);
    try {
      return new SipTransport(
        udp,
        tcp,
        wsPort === undefined ? undefined : await WsListener.listen(host, wsPort, events),
      );
    } catch (error) {
      await Promise.all([udp.close(), tcp.close()]);
      throw error;
    }
  }

  get port(): number {
    return this.udp.port;
  }

  get wsPort(): number | undefined {
    return this.ws?.port;
  }

  /** The way to an IP address; undefined for a name. */
  flowToAddress(protocol: SipProtocol, host: string, port: number): Flow | undefined {
    const address = host.replace(/^\[|\]$/g, '');
    // WebSocket peers are only reached by the connection they opened
    if (!isIP(address) || protocol === 'WS') return undefined;
    return protocol === 'TCP' ? this.tcp.flowTo({ address, port }) : this.udp.flowTo({ address, port });
  }

  /**
   * The way to a host; a name is looked up.
   *
   * @returns undefined when it cannot be resolved
   */
  async flowTo(protocol: SipProtocol, host: string, port: number): Promise<Flow | undefined> {
    const direct = this.flowToAddress(protocol, host, port);
    if (direct) return direct;
    const found = await lookup(host, 4).catch(() => undefined);
    return found && this.flowToAddress(protocol, found.address, port);
  }

  async close(): Promise<void> {
    await Promise.all([this.udp.close(), this.tcp.close(), this.ws?.close()]);
  }
}

const TRIES = 20;

/** With port 0 the number that UDP got may be taken for TCP: then another one is tried. */
async function listenOnBoth(
  host: string,
  port: number,
  events: FlowEvents,
): Promise<[UdpListener, TcpListener]> {
  for (let tries = 1; ; tries += 1) {
    const udp = await UdpListener.listen(host, port, events);
    try {
      return [udp, await TcpListener.listen(host, udp.port, events)];
    } catch (error) {
      await udp.close();
      if (port !== 0 || tries === TRIES) throw error;
    }
  }
}
