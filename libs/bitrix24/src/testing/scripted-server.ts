import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

type Script = (request: IncomingMessage, response: ServerResponse) => void;

/** A real HTTP server that does what the test tells it, one handler for all requests. For specs only. */
export class ScriptedServer {
  readonly bodies: string[] = [];
  readonly requests: IncomingMessage[] = [];
  /** Given, it takes the pieces of request bodies, and they are not kept. */
  onChunk?: (chunk: Buffer) => void;
  script: Script = (_request, response) => response.end();
  readonly #server = createServer((request, response) => this.#take(request, response));

  /** Starts on a free port. */
  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers every request with this status and body; objects become JSON. */
  answer(status: number, body: unknown, headers: Record<string, string> = {}): void {
    this.script = (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    this.requests.push(request);
    request.on('data', (chunk: Buffer) => (this.onChunk ? this.onChunk(chunk) : chunks.push(chunk)));
    request.on('end', () => {
      this.bodies.push(Buffer.concat(chunks).toString());
      this.script(request, response);
    });
  }
}
