import type { CodecName } from '../media/g711';

/** Who sends, as the describing side sees itself (RFC 3264, section 5.1). */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** One `m=` line as it came, to be answered even if it is refused. */
export interface MediaLine {
  readonly type: string;
  readonly port: number;
  readonly protocol: string;
  readonly payloads: string;
}

/** What a far end says about its sound: the one audio stream that we can take part in. */
export interface AudioDescription {
  readonly address: string;
  readonly port: number;
  /** In the order of its preference. */
  readonly codecs: readonly { readonly name: CodecName; readonly payloadType: number }[];
  /** Payload type of DTMF digits; undefined: it wants none. */
  readonly digitsType?: number;
  readonly direction: Direction;
  /** All media lines in order, ours among them. */
  readonly lines: readonly MediaLine[];
  /** Index of ours. */
  readonly line: number;
}

/** A session description that a phone of the harness can make nothing of. */
export class SdpError extends Error {
  override readonly name = 'SdpError';
}
