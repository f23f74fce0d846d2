/** An RTP packet (RFC 3550, section 5.1), as far as a phone needs it. */
export interface RtpPacket {
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  /** First packet of a talk spurt, or of a DTMF digit. */
  readonly marker: boolean;
  readonly payload: Buffer;
}

const HEADER_BYTES = 12;
const VERSION = 2;

export function writeRtp({ payloadType, sequence, timestamp, ssrc, marker, payload }: RtpPacket): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  bytes[0] = VERSION << 6;
  bytes[1] = (marker ? 0x80 : 0) | payloadType;
  bytes.writeUInt16BE(sequence, 2);
  bytes.writeUInt32BE(timestamp, 4);
  bytes.writeUInt32BE(ssrc, 8);
  payload.copy(bytes, HEADER_BYTES);
  return bytes;
}

/** @returns undefined for anything that is not a whole RTP packet */
export function readRtp(bytes: Buffer): RtpPacket | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const [first = 0, second = 0] = bytes;
  if (first >> 6 !== VERSION) return undefined;
  const payload = payloadOf(bytes, first);
  if (!payload) return undefined;
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload,
  };
}

/** What is left without contributing sources, header extension and padding. */
function payloadOf(bytes: Buffer, first: number): Buffer | undefined {
  let start = HEADER_BYTES + 4 * (first & 0x0f);
  if (first & 0x10) {
    if (bytes.length < start + 4) return undefined;
    start += 4 + 4 * bytes.readUInt16BE(start + 2);
  }
  const padding = first & 0x20 ? (bytes.at(-1) ?? 0) : 0;
  const end = bytes.length - padding;
  return start <= end ? bytes.subarray(start, end) : undefined;
}
