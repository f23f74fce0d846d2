import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** First and last port for sound, both included: for machines behind a firewall. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** No port could be had for the sound of a call. */
export class NoPortError extends Error {
  override readonly name = 'NoPortError';
}

/** How many odd ports the system may give before we take one: an even one is custom (RFC 3550, section 11), not law. */
const ODD_PORTS = 8;

/**
 * A socket for the sound of one call. The system gives the port (even if it can be had), so that no two phones of the
 * machine, of whatever process, get the same one; from a range the first free one is taken.
 *
 * @throws NoPortError
 */
export async function openRtpSocket(address: string, range?: PortRange): Promise<Socket> {
  return range ? openInRange(address, range) : openAnywhere(address);
}

async function openAnywhere(address: string): Promise<Socket> {
  const odd: Socket[] = [];
  try {
    for (;;) {
      const socket = await bound(address, 0);
      if (socket.address().port % 2 === 0 || odd.length >= ODD_PORTS) return socket;
      odd.push(socket);
    }
  } catch (error) {
    throw new NoPortError(`no port of ${address} is free for sound`, { cause: error });
  } finally {
    for (const socket of odd) socket.close();
  }
}

/** Begins at a chance place, so that phones of many processes rarely try the same port. */
async function openInRange(address: string, { first, last }: PortRange): Promise<Socket> {
  const ports = Math.max(0, Math.floor((last - first) / 2) + 1);
  const start = Math.floor(Math.random() * ports);
  for (let i = 0; i < ports; i++) {
    const port = first + 2 * ((start + i) % ports);
    const socket = await bound(address, port).catch(() => undefined);
    if (socket) return socket;
  }
  throw new NoPortError(`all ports of ${address} from ${first} to ${last} are taken`);
}

async function bound(address: string, port: number): Promise<Socket> {
  const socket = createSocket('udp4');
  try {
    socket.bind(port, address);
    await once(socket, 'listening');
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}
