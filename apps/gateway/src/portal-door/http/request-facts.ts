import type { Request, Response } from 'express';

/** The addresses of the door, as logs and metrics call them. */
const DOORS = ['install', 'events', 'app'] as const;
export type Door = (typeof DOORS)[number] | 'other';

/** Which address was called. The path itself is never logged: it holds the key of the application. */
export function doorOf(request: Request): Door {
  const last = request.path.replace(/\/+$/, '').split('/').at(-1);
  return DOORS.find((door) => door === last?.toLowerCase()) ?? 'other';
}

/**
 * Who asks: the client's address, the network of 64 bits for IPv6, since one client has all of them. X-Forwarded-For
 * counts when a trusted proxy has sent it.
 */
export function addressOf(request: Request): string {
  const address = (request.ip ?? 'unknown').replace(/^::ffff:(?=\d+\.)/, '');
  if (!address.includes(':')) return address;
  const [head = ''] = address.split('::', 1);
  const groups = head.split(':').filter((group) => group !== '');
  return `${[...groups, '0', '0', '0', '0'].slice(0, 4).join(':')}::/64`;
}

/** The id of this request in logs, in its answer and in the X-Request-Id header. */
export function requestIdOf(response: Response): string {
  const id: unknown = response.locals['requestId'];
  return typeof id === 'string' ? id : '';
}

/** The body as it came; the door's reader leaves its decoding to the one who knows what is expected. */
export function bodyOf(request: Request): Buffer {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
