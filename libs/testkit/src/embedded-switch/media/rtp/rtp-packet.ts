/** One RTP packet (RFC 3550), without CSRCs and extension. */
export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly payload: Uint8Array;
}

const HEADER_BYTES = 12;
const VERSION = 2;

/** undefined when the bytes are no RTP (STUN, RTCP, rubbish). */
export function parseRtp(bytes: Buffer): RtpPacket | undefined {
  if (bytes.length < HEADER_BYTES || bytes[0]! >> 6 !== VERSION) return undefined;
  const payloadType = bytes[1]! & 0x7f;
  // RTCP on the same port (RFC 5761)
  if (payloadType >= 64 && payloadType <= 95) return undefined;
  const start = payloadStart(bytes);
  const end = bytes.length - (bytes[0]! & 0x20 ? bytes.at(-1)! : 0);
  if (start === undefined || end < start) return undefined;
  return {
    payloadType,
    marker: (bytes[1]! & 0x80) !== 0,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    payload: bytes.subarray(start, end),
  };
}

function payloadStart(bytes: Buffer): number | undefined {
  const afterSources = HEADER_BYTES + (bytes[0]! & 0x0f) * 4;
  if (!(bytes[0]! & 0x10)) return afterSources <= bytes.length ? afterSources : undefined;
  if (bytes.length < afterSources + 4) return undefined;
  const start = afterSources + 4 + bytes.readUInt16BE(afterSources + 2) * 4;
  return start <= bytes.length ? start : undefined;
}

export function buildRtp(packet: RtpPacket, ssrc: number): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + packet.payload.length);
  bytes[0] = VERSION << 6;
  bytes[1] = (packet.marker ? 0x80 : 0) | packet.payloadType;
  bytes.writeUInt16BE(packet.sequence & 0xffff, 2);
  bytes.writeUInt32BE(packet.timestamp >>> 0, 4);
  bytes.writeUInt32BE(ssrc, 8);
  bytes.set(packet.payload, HEADER_BYTES);
  return bytes;
}
