import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { freePort } from '../processes/free-port';

/** Ports of 127.0.0.1 for one switch. */
export interface SwitchPorts {
  readonly sip: number;
  readonly webSocket: number;
  readonly trunks: number;
  readonly eventSocket: number;
  readonly rtp: { readonly start: number; readonly end: number };
  /** Gives the block of RTP ports back. */
  release(): void;
}

/** Below the ports that operating systems give out by themselves (Linux: from 32768), above those of services. */
const RTP = { from: 12_000, to: 32_000, block: 500 };
const TRIES = 40;

/**
 * Takes ports that nobody has. mod_sofia binds with SO_REUSEADDR, so two switches on one port would both start, and share
 * the calls: each port is tried first. RTP ports are taken as a block, held by a listener on its first port, because the
 * switch opens them only call by call.
 */
export async function takePorts(): Promise<SwitchPorts> {
  const [sip, webSocket, trunks, eventSocket] = [
    await freeSipPort(),
    await freePort(),
    await freeSipPort(),
    await freePort(),
  ];
  const { start, holder } = await holdRtpBlock();
  return {
    sip,
    webSocket,
    trunks,
    eventSocket,
    rtp: { start, end: start + RTP.block - 1 },
    release: () => void holder.close(),
  };
}

/** Free for TCP and for UDP. */
async function freeSipPort(): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const port = await freePort();
    if (await isFreeForUdp(port)) return port;
  }
  throw new Error('no port is free for TCP and UDP alike');
}

/** Whether nobody listens on a UDP port of 127.0.0.1. */
export async function isFreeForUdp(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    socket.bind(port, '127.0.0.1');
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}

async function holdRtpBlock(): Promise<{ start: number; holder: Server }> {
  const blocks = (RTP.to - RTP.from) / RTP.block;
  const first = Math.floor(Math.random() * blocks);
  for (let index = 0; index < blocks; index += 1) {
    const start = RTP.from + ((first + index) % blocks) * RTP.block;
    const holder = createServer();
    try {
      holder.listen(start, '127.0.0.1');
      await once(holder, 'listening');
      holder.unref();
      return { start, holder };
    } catch {
      holder.close();
    }
  }
  throw new Error('every block of RTP ports is taken');
}
