import { createSocket } from 'node:dgram';
import { portToTry } from '../processes/port-to-try';

/** A UDP port of 127.0.0.1 that nobody listens on at this moment. */
export async function freeUdpPort(): Promise<number> {
  for (;;) {
    const port = portToTry();
    if (await canBind(port)) return port;
  }
}

function canBind(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
      .once('error', () => {
        socket.close();
        resolve(false);
      })
      .bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}
