import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { TcpWire } from '../transport/tcp-wire';
import { UdpWire, type UdpWireOptions } from '../transport/udp-wire';
import { wireError, type Wire, type WireListener } from '../transport/wire';
import { WsWire } from '../transport/ws-wire';
import { placeName, type Place } from '../wire/address';
import type { RetransmissionTimers } from '../wire/retransmission';

export type TransportName = 'tcp' | 'udp' | 'ws';

/** How a phone or trunk is connected. */
export interface Network {
  readonly transport: TransportName;
  /** Where all requests go: the switch. Without it each goes where its address says. */
  readonly server?: Place;
  /** Our own address and port, if others are to find us without a registration; port 0 for any. */
  readonly listen?: Place;
  /** WebSocket only: the whole address, if it is not `ws://host:port/`. */
  readonly url?: string;
  /** UDP only: a bad network for tests. */
  readonly loses?: UdpWireOptions['loses'];
  readonly timers?: RetransmissionTimers;
}

/** A network that has been looked at: names resolved, our own address known. */
export interface Surroundings {
  readonly network: Network;
  readonly server?: Place;
  /** What we call ourselves in Via and Contact. */
  readonly localHost: string;
  /** Where sound is to be sent to us. */
  readonly mediaAddress: string;
  readonly openWire: (listener: WireListener) => Promise<Wire>;
}

/** @throws WireError when the server has no address, or we none to reach it from */
export async function explore(network: Network): Promise<Surroundings> {
  const server = network.server && (await resolved(network.server, network.transport));
  const address = network.listen?.host ?? (await ourAddress(server ?? { host: '127.0.0.1', port: 9 }));
  // A browser does not know its address, and calls itself like this; switches expect it of WebSockets (RFC 7118).
  const localHost = network.transport === 'ws' ? `${randomBytes(6).toString('hex')}.invalid` : address;
  return {
    network,
    server,
    localHost,
    mediaAddress: address,
    openWire: (listener) => openWire(network, server, address, listener),
  };
}

async function openWire(
  { transport, listen, url, loses }: Network,
  server: Place | undefined,
  address: string,
  listener: WireListener,
): Promise<Wire> {
  switch (transport) {
    case 'tcp':
      return TcpWire.open({ server, listen }, listener);
    case 'udp':
      return UdpWire.open({ local: listen ?? { host: address, port: 0 }, loses }, listener);
    case 'ws': {
      const place = server ?? { host: address, port: 80 };
      return WsWire.open({ url: url ?? `ws://${placeName(place)}/`, server: place }, listener);
    }
  }
}

async function resolved(place: Place, transport: TransportName): Promise<Place> {
  try {
    return { ...place, host: (await lookup(place.host, 4)).address };
  } catch (error) {
    throw wireError(
      transport === 'udp' ? 'UDP' : transport === 'tcp' ? 'TCP' : 'WS',
      placeName(place),
      error,
    );
  }
}

/** Which of our addresses is used towards a place: the system knows, and tells without a packet being sent. */
async function ourAddress(place: Place): Promise<string> {
  const socket = createSocket('udp4');
  try {
    socket.connect(place.port, place.host);
    await once(socket, 'connect');
    return socket.address().address;
  } catch (error) {
    throw wireError('UDP', placeName(place), error);
  } finally {
    socket.close();
  }
}
