import { write } from 'sdp-transform';
import type { CodecName } from '../media/g711';
import { FRAME_MS } from '../media/tones';
import type { AudioDescription, Direction, MediaLine } from './description';

/** What we say about our sound. */
export interface LocalAudio {
  readonly address: string;
  readonly port: number;
  /** In the order of our preference. */
  readonly codecs: readonly CodecName[];
  /** Stays the same for a call; the version grows with each description (RFC 3264, section 8). */
  readonly sessionId: number;
  readonly version: number;
}

const PAYLOAD_TYPES: Readonly<Record<CodecName, number>> = { PCMU: 0, PCMA: 8 };
/** The usual payload type of DTMF digits; it has no fixed one. */
const DIGITS_TYPE = 101;

interface Payload {
  readonly type: number;
  readonly codec: string;
}

/** The description that begins an exchange. */
export function writeOffer(local: LocalAudio, direction: Direction): string {
  const payloads = local.codecs.map((codec) => ({ type: PAYLOAD_TYPES[codec], codec }));
  return description(local, [audioLine(local, direction, payloads, DIGITS_TYPE)]);
}

/** The answer to an offer: its payload types, one line for each of its lines, the others refused (RFC 3264, section 6). */
export function writeAnswer(local: LocalAudio, direction: Direction, offer: AudioDescription): string {
  const payloads = offer.codecs
    .filter(({ name }) => local.codecs.includes(name))
    .map(({ name, payloadType }) => ({ type: payloadType, codec: name }));
  return description(
    local,
    offer.lines.map((line, i) =>
      i === offer.line ? audioLine(local, direction, payloads, offer.digitsType) : refused(line),
    ),
  );
}

type Media = Parameters<typeof write>[0]['media'][number];

function description(local: LocalAudio, media: Media[]): string {
  return write({
    version: 0,
    origin: {
      username: '-',
      sessionId: String(local.sessionId),
      sessionVersion: local.version,
      netType: 'IN',
      ipVer: 4,
      address: local.address,
    },
    name: 'phone',
    connection: { version: 4, ip: local.address },
    timing: { start: 0, stop: 0 },
    media,
  });
}

function audioLine(
  { port }: LocalAudio,
  direction: Direction,
  payloads: Payload[],
  digitsType?: number,
): Media {
  const digits = digitsType === undefined ? [] : [{ type: digitsType, codec: 'telephone-event' }];
  const all = [...payloads, ...digits];
  return {
    type: 'audio',
    port,
    protocol: 'RTP/AVP',
    payloads: all.map(({ type }) => type).join(' '),
    rtp: all.map(({ type, codec }) => ({ payload: type, codec, rate: 8000 })),
    fmtp: digits.map(({ type }) => ({ payload: type, config: '0-15' })),
    ptime: FRAME_MS,
    direction,
  };
}

function refused({ type, protocol, payloads }: MediaLine): Media {
  return { type, port: 0, protocol, payloads, rtp: [], fmtp: [] };
}
