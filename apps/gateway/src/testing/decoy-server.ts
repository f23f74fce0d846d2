import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Something inside our own network that nobody may be led to: counts who comes, at the socket and with a request. */
export class DecoyServer {
  connections = 0;
  readonly requests: string[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      this.requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
      response.end('{"result":true}');
    });
    this.server.on('connection', () => (this.connections += 1));
  }

  static async start(): Promise<DecoyServer> {
    const decoy = new DecoyServer();
    await new Promise<void>((resolve) => decoy.server.listen(0, '127.0.0.1', resolve));
    return decoy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
