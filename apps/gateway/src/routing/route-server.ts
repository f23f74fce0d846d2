import { createServer, type Server, type Socket } from 'node:net';
import { HandedChannel } from '@app/esl';
import type { KnownPeers } from './known-peers';

export interface RouteServerOptions {
  readonly host: string;
  readonly port: number;
  /** Callers at the same time; the dial plan decides for more. */
  readonly mostCalls: number;
  /** How long a switch may take to answer, ms. */
  readonly commandMs: number;
}

/** Told what happens at the door; a logger is one. */
export interface ServerLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/** Takes a channel; resolves when it needs us no more. Never rejects. */
export type TakeChannel = (channel: HandedChannel) => Promise<void>;

/** After a port that is taken; the gateway before us may still hold it. ms */
const LISTEN_AGAIN_MS = 2_000;
const PEERS_AGAIN_MS = 60_000;

/**
 * The outbound event socket: switches connect for each caller that they hand over. A connection that is refused or closed
 * costs nobody a call: the dial plan goes on by itself.
 */
export class RouteServer {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private timers: NodeJS.Timeout[] = [];
  private isStopped = false;

  constructor(
    private readonly peers: KnownPeers,
    private readonly take: TakeChannel,
    private readonly options: RouteServerOptions,
    private readonly log: ServerLog,
  ) {}

  /** Listens as soon as the port is free. */
  async start(): Promise<void> {
    await this.peers.refresh();
    this.timers.push(setInterval(() => void this.peers.refresh(), PEERS_AGAIN_MS).unref());
    this.listen();
  }

  /** Takes no more callers: switches go to the next host of their list. Those who are being routed stay. */
  stopListening(): void {
    this.isStopped = true;
    for (const timer of this.timers.splice(0)) clearTimeout(timer);
    this.server?.close();
  }

  /** Closes what is still open. */
  closeAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private listen(): void {
    const { host, port } = this.options;
    const server = createServer((socket) => void this.accept(socket));
    server.once('error', (error) => {
      if (this.isStopped) return;
      this.log.warn({ err: error, host, port }, 'the port for routed calls is not to be had: tried again');
      this.timers.push(setTimeout(() => this.listen(), LISTEN_AGAIN_MS).unref());
    });
    server.listen({ host, port }, () => this.log.info({ host, port }, 'waiting for calls to be routed'));
    this.server = server;
  }

  private async accept(socket: Socket): Promise<void> {
    socket.on('error', () => socket.destroy());
    const refusal = this.refusalOf(socket);
    if (refusal !== undefined) {
      this.log.warn({ peer: socket.remoteAddress }, refusal);
      socket.destroy();
      return;
    }
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    const { commandMs } = this.options;
    try {
      const channel = await HandedChannel.accept(socket, {
        connectTimeoutMs: commandMs,
        commandTimeoutMs: commandMs,
      });
      await this.take(channel);
    } catch (error) {
      this.log.warn({ err: error, peer: socket.remoteAddress }, 'a call was not handed over in order');
      socket.destroy();
    }
  }

  private refusalOf(socket: Socket): string | undefined {
    if (!this.peers.has(socket.remoteAddress))
      return 'whoever wants to hand over a call is no switch of ours';
    if (this.sockets.size >= this.options.mostCalls) return 'more callers than are routed at the same time';
    return undefined;
  }
}
