import type { CodecName } from '../media/g711';
import { SdpError, type AudioDescription, type Direction } from './description';

/** What two descriptions come to, as one side sees it. */
export interface Agreement {
  readonly address: string;
  readonly port: number;
  readonly codec: CodecName;
  readonly payloadType: number;
  readonly digitsType?: number;
  /** Whether the far end wants to hear us. */
  readonly maySend: boolean;
  /** Whether the far end says that it sends. */
  readonly mayReceive: boolean;
}

/** @throws SdpError when the far end has none of our codecs */
export function agree(theirs: AudioDescription, ours: readonly CodecName[]): Agreement {
  const codec = theirs.codecs.find(({ name }) => ours.includes(name));
  if (!codec) throw new SdpError(`none of our codecs (${ours.join(', ')}) in it`);
  return {
    address: theirs.address,
    port: theirs.port,
    codec: codec.name,
    payloadType: codec.payloadType,
    digitsType: theirs.digitsType,
    maySend: theirs.direction === 'sendrecv' || theirs.direction === 'recvonly',
    mayReceive: theirs.direction === 'sendrecv' || theirs.direction === 'sendonly',
  };
}

/** The direction with which an offer is answered; one who holds sends at most (RFC 3264, sections 6.1 and 8.4). */
export function answeringDirection(offered: Direction, isHolding: boolean): Direction {
  switch (offered) {
    case 'sendrecv':
      return isHolding ? 'sendonly' : 'sendrecv';
    case 'sendonly':
      return isHolding ? 'inactive' : 'recvonly';
    case 'recvonly':
      return 'sendonly';
    case 'inactive':
      return 'inactive';
  }
}
