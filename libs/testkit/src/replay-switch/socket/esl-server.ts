import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { eventFrame, type EventFormat, type Frame, type OutgoingEvent } from './encode-event';
import { EslSession, type SwitchDoor } from './esl-session';
import { Listener, type CommandWatcher, type Drop } from './listener';

const GO_AWAY = 'Access Denied, go away.\n';
const REJECTION: Frame = {
  head: `Content-Type: text/rude-rejection\nContent-Length: ${GO_AWAY.length}\n\n`,
  body: GO_AWAY,
};

/** The listening socket and everybody connected to it. */
export class EslServer {
  #server: Server | undefined;
  readonly #listeners = new Set<Listener>();
  #connections = 0;

  /** @param watch given the number of a new connection (1, 2, ...) */
  constructor(
    private readonly host: string,
    private readonly door: SwitchDoor,
    private readonly watch: (connection: number) => CommandWatcher,
  ) {}

  /** Clients that are logged in. */
  get clients(): number {
    return [...this.#listeners].filter(({ subscription }) => subscription).length;
  }

  /** Listens; port 0 takes a free one. Gives the port. */
  async listen(port: number): Promise<number> {
    const server = createServer((socket) => this.#accept(socket));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, this.host, resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  /** Sends an event to those who want it, encoded once per format. */
  broadcast(event: OutgoingEvent): void {
    const frames = new Map<EventFormat, Frame>();
    for (const listener of this.#listeners) {
      const { subscription } = listener;
      if (!subscription?.wants(event.record)) continue;
      const frame = frames.get(subscription.format) ?? eventFrame(event, subscription.format);
      frames.set(subscription.format, frame);
      listener.send(frame);
    }
  }

  /** Whether any client has subscribed the event. */
  anyoneHears(name: string, subclass?: string): boolean {
    return [...this.#listeners].some(({ subscription }) => subscription?.hears(name, subclass));
  }

  /** Sends everybody a text/disconnect-notice. */
  notify(text: string): void {
    this.#listeners.forEach((listener) => listener.notify(text));
  }

  drop(how: Drop): void {
    this.#listeners.forEach((listener) => listener.close(how));
  }

  /** Stops listening: whoever tries now is refused. Resolves when the last connection has ended. */
  async close(how: Drop): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.drop(how);
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  async drained(): Promise<void> {
    await Promise.all([...this.#listeners].map((listener) => listener.drained()));
  }

  /** A client that the switch itself has connected to gets events like all others, until its connection ends. */
  adopt(socket: Socket, listener: Listener): void {
    this.#listeners.add(listener);
    socket.on('close', () => this.#listeners.delete(listener));
  }

  #accept(socket: Socket): void {
    if (this.door.admits && !this.door.admits(socket.remoteAddress ?? '')) {
      socket.on('error', () => socket.destroy());
      socket.end(`${REJECTION.head}${REJECTION.body}`);
      return;
    }
    this.#connections += 1;
    this.adopt(socket, new Listener(socket, new EslSession(this.door), this.watch(this.#connections)));
  }
}
