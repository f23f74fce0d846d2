import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PortalHandler } from './portal-handler';
import { ConnectionDropped } from './wire';
import type { PortalRequest } from './wire';

/** A portal that listens. */
export interface RunningPortal {
  /** e.g. http://127.0.0.1:8080 */
  readonly origin: string;
  /** REST root, e.g. http://127.0.0.1:8080/rest/ */
  readonly endpoint: string;
  /** Ends all connections, open requests included. */
  close(): Promise<void>;
}

export interface ListenOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The name it tells as its own; default the host, and 127.0.0.1 where that stands for all addresses. */
  readonly name?: string;
}

const EVERYWHERE = ['0.0.0.0', '::'];

/** Puts a real HTTP server in front of a portal. Rejects if the address is taken. */
export async function serve(
  portal: PortalHandler,
  { host = '127.0.0.1', port = 0, name }: ListenOptions,
): Promise<RunningPortal> {
  const server = createServer((incoming, outgoing) => void answer(portal, incoming, outgoing));
  server.listen(port, host);
  await once(server, 'listening');
  const known = name ?? (EVERYWHERE.includes(host) ? '127.0.0.1' : host);
  const origin = `http://${known.includes(':') ? `[${known}]` : known}:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    endpoint: `${origin}/rest/`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  portal: PortalHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const reply = await portal.handle(await requestOf(incoming));
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) portal.markLost(reply);
    });
    if (outgoing.destroyed) portal.markLost(reply);
    else outgoing.writeHead(reply.status, reply.headers).end(reply.bytes ?? reply.body);
  } catch (thrown) {
    // a fault that was asked for, or a client that hung up while sending; all else is a mistake of this fake
    const isExpected = thrown instanceof ConnectionDropped || incoming.destroyed;
    if (isExpected || outgoing.headersSent) incoming.socket.destroy();
    else outgoing.writeHead(500).end(`fake portal failed: ${String(thrown)}`);
  }
}

async function requestOf(incoming: IncomingMessage): Promise<PortalRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: flatHeaders(incoming.headers),
    body: Buffer.concat(chunks),
    origin: `http://${incoming.headers.host ?? 'localhost'}`,
    source: incoming.socket.remoteAddress,
  };
}

function flatHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
}
