import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { DigestGuard } from '../trunk/digest';
import { TcpWire } from '../transport/tcp-wire';
import { UdpWire } from '../transport/udp-wire';
import type { WireListener } from '../transport/wire';
import { placeName, readNamedAddress, readSipAddress, type Place } from '../wire/address';
import { placeOfResponse, readHead, withOrigin, type MessageHead } from '../wire/message-head';
import { headerOf, responseTo, withoutTopVia, withVia } from './sip-text';

type Protocol = 'TCP' | 'UDP' | 'WS';
type Send = (text: string, to: Place) => Promise<void>;

/** Where a registered phone is. */
interface Binding {
  readonly protocol: Protocol;
  readonly place: Place;
}

export interface ExchangeOptions {
  /** Extension -> password. */
  readonly users: Readonly<Record<string, string>>;
  /** Says of each UDP message, in and out, whether it is lost. */
  readonly loses?: () => boolean;
}

const LOCAL = { host: '127.0.0.1', port: 0 };
const IGNORE = (): undefined => undefined;

/**
 * The least that lets phones register and call each other: a registrar with digest, and a stateless proxy that all requests
 * pass. It works on raw text, so that the phones' own SIP library is not judged by itself.
 */
export class TestExchange {
  readonly #bindings = new Map<string, Binding>();
  readonly #guard: DigestGuard;
  readonly #sends = new Map<Protocol, Send>();
  readonly #sockets = new Map<string, WebSocket>();
  #tcp!: TcpWire;
  #udp!: UdpWire;
  #ws!: WebSocketServer;

  private constructor(private readonly options: ExchangeOptions) {
    const users = Object.entries(options.users).map(([username, password]) => ({ username, password }));
    this.#guard = new DigestGuard('test.example', users);
  }

  static async open(options: ExchangeOptions): Promise<TestExchange> {
    const exchange = new TestExchange(options);
    await exchange.#listen();
    return exchange;
  }

  /** What a phone needs to be connected. */
  network(transport: 'tcp' | 'udp' | 'ws'): { transport: 'tcp' | 'udp' | 'ws'; server: Place } {
    const { port: wsPort } = this.#ws.address() as AddressInfo;
    const servers = { tcp: this.#tcp.local, udp: this.#udp.local, ws: { host: '127.0.0.1', port: wsPort } };
    return { transport, server: servers[transport] };
  }

  /** Whether somebody is registered with that number. */
  knows(number: string): boolean {
    return this.#bindings.has(number);
  }

  /** Everybody loses his connection, and the exchange its memory, as when a switch is started again. */
  async restart(): Promise<void> {
    const { port } = this.#tcp.local;
    this.#bindings.clear();
    await this.#tcp.close();
    this.#tcp = await TcpWire.open({ listen: { ...LOCAL, port } }, this.#listener('TCP'));
  }

  async close(): Promise<void> {
    await this.#tcp.close();
    await this.#udp.close();
    for (const socket of this.#sockets.values()) socket.terminate();
    await new Promise((resolve) => this.#ws.close(resolve));
  }

  async #listen(): Promise<void> {
    const { loses } = this.options;
    this.#tcp = await TcpWire.open({ listen: LOCAL }, this.#listener('TCP'));
    this.#udp = await UdpWire.open({ local: LOCAL, loses }, this.#listener('UDP'));
    this.#ws = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'sip' });
    this.#ws.on('connection', (socket, { socket: { remotePort = 0 } }) =>
      this.#takeSocket(socket, remotePort),
    );
    await once(this.#ws, 'listening');
    this.#sends.set('TCP', (text, to) => this.#tcp.send(text, to));
    this.#sends.set('UDP', (text, to) => this.#udp.send(text, to));
    this.#sends.set('WS', (text, to) => {
      this.#sockets.get(placeName(to))?.send(text);
      return Promise.resolve();
    });
  }

  #takeSocket(socket: WebSocket, port: number): void {
    const place = { host: '127.0.0.1', port };
    this.#sockets.set(placeName(place), socket);
    socket.on('message', (data) => this.#receive('WS', Buffer.isBuffer(data) ? data.toString() : '', place));
  }

  #listener(protocol: Protocol): WireListener {
    return {
      onMessage: (text, from) => this.#receive(protocol, text, from),
      onLost: IGNORE,
      onAnomaly: IGNORE,
    };
  }

  #receive(protocol: Protocol, text: string, from: Place): void {
    const head = readHead(text);
    if (!head) return;
    const marked = withOrigin(text, from);
    if (head.kind === 'response') this.#back(withoutTopVia(text));
    else if (head.method === 'REGISTER') this.#register(head, marked, { protocol, place: from });
    else this.#forward(head, marked);
  }

  #register({ from }: MessageHead, text: string, binding: Binding): void {
    const number = from.address?.user ?? '';
    const verdict = this.#guard.check('REGISTER', headerOf(text, 'authorization'));
    if (verdict !== 'right') {
      const isWrong = verdict === 'wrong';
      const headers = isWrong ? [] : [`WWW-Authenticate: ${this.#guard.challenge()}`];
      this.#back(responseTo(text, isWrong ? '403 Forbidden' : '401 Unauthorized', { tag: 'x', headers }));
      return;
    }
    const isLeaving = headerOf(text, 'expires') === '0';
    if (isLeaving) this.#bindings.delete(number);
    else this.#bindings.set(number, binding);
    const { uri } = readNamedAddress(headerOf(text, 'contact') ?? '');
    const headers = isLeaving ? [] : [`Contact: <${uri}>;expires=${headerOf(text, 'expires') ?? '60'}`];
    this.#back(responseTo(text, '200 OK', { tag: 'x', headers }));
  }

  /** A branch made of the incoming one: repeats, ACK and CANCEL of a request get the same without being remembered. */
  #forward({ method, uri, branch }: MessageHead, text: string): void {
    const binding = this.#bindings.get(readSipAddress(uri)?.user ?? '');
    if (binding) {
      const via = `SIP/2.0/${binding.protocol} exchange.example;branch=z9hG4bK.x.${branch}`;
      this.#send(binding.protocol, withVia(text, via), binding.place);
    } else if (method !== 'ACK') this.#back(responseTo(text, '404 Not Found', { tag: 'x' }));
  }

  /** A response goes where its top Via says. */
  #back(text: string): void {
    const head = readHead(text);
    const place = head && placeOfResponse(head);
    const protocol = /^SIP\/2\.0\/(TCP|UDP|WS)\b/.exec(head?.via ?? '')?.[1] as Protocol | undefined;
    if (place && protocol) this.#send(protocol, text, place);
  }

  #send(protocol: Protocol, text: string, to: Place): void {
    this.#sends.get(protocol)?.(text, to).catch(IGNORE);
  }
}
