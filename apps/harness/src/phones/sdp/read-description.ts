import { parse } from 'sdp-transform';
import type { CodecName } from '../media/g711';
import { SdpError, type AudioDescription, type Direction, type MediaLine } from './description';

/** The parser fills only what it understood, with whatever stood there: numbers where a text was meant, too. */
type Value = string | number;

/** What the parser may have found. */
interface Found {
  readonly connection?: { readonly ip?: Value };
  readonly direction?: Value;
}
interface FoundMedia extends Found {
  readonly type?: Value;
  readonly port?: Value;
  readonly protocol?: Value;
  readonly payloads?: Value;
  readonly rtp: readonly { readonly payload?: Value; readonly codec?: Value; readonly rate?: Value }[];
}
interface FoundSession extends Found {
  readonly media: readonly FoundMedia[];
}

/** Larger ones are an attack, not a description: the longest of browsers have about 10 kB. */
const MAX_CHARACTERS = 64 * 1024;
/** Payload types with a fixed meaning need no rtpmap (RFC 3551, section 6). */
const STATIC_CODECS: Readonly<Record<number, CodecName>> = { 0: 'PCMU', 8: 'PCMA' };
const DIRECTIONS: readonly string[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

/**
 * Reads what another phone says about its sound.
 *
 * @throws SdpError when there is no audio over plain RTP in G.711 in it
 */
export function readDescription(text: string): AudioDescription {
  if (text.length > MAX_CHARACTERS) throw new SdpError(`a description of ${text.length} characters`);
  const parsed: FoundSession = parse(text);
  const lines = parsed.media.map(mediaLine);
  const line = parsed.media.findIndex(isUsable);
  const media = parsed.media[line];
  if (!media) throw new SdpError(`no audio over RTP/AVP in PCMU or PCMA in it: ${told(lines)}`);
  const address = (media.connection ?? parsed.connection)?.ip;
  if (typeof address !== 'string' || !isHost(address))
    throw new SdpError('it names no address for the sound');
  return {
    address,
    port: lines[line]?.port ?? 0,
    codecs: codecsOf(media),
    digitsType: digitsTypeOf(media),
    direction: address === '0.0.0.0' ? 'inactive' : directionOf(media, parsed),
    lines,
    line,
  };
}

function mediaLine({ type, port, protocol, payloads }: FoundMedia): MediaLine {
  return {
    type: String(type ?? 'audio'),
    port: Number(port ?? 0),
    protocol: String(protocol ?? 'RTP/AVP'),
    payloads: String(payloads ?? '0'),
  };
}

function isUsable(media: FoundMedia): boolean {
  const { type, port, protocol } = mediaLine(media);
  const isOpen = Number.isInteger(port) && port > 0 && port < 65_536;
  return type === 'audio' && protocol === 'RTP/AVP' && isOpen && codecsOf(media).length > 0;
}

function payloadTypes(media: FoundMedia): number[] {
  return mediaLine(media)
    .payloads.split(' ')
    .map(Number)
    .filter((type) => Number.isInteger(type) && type >= 0 && type < 128);
}

function codecsOf(media: FoundMedia): AudioDescription['codecs'] {
  return payloadTypes(media).flatMap((payloadType) => {
    const mapped = media.rtp.find(({ payload }) => payload === payloadType);
    const name = mapped ? g711Of(mapped) : STATIC_CODECS[payloadType];
    return name ? [{ name, payloadType }] : [];
  });
}

function g711Of({ codec, rate }: FoundMedia['rtp'][number]): CodecName | undefined {
  const name = String(codec).toUpperCase();
  return (name === 'PCMU' || name === 'PCMA') && Number(rate ?? 8000) === 8000 ? name : undefined;
}

function digitsTypeOf(media: FoundMedia): number | undefined {
  const isDigits = ({ codec, rate }: FoundMedia['rtp'][number]): boolean =>
    String(codec).toLowerCase() === 'telephone-event' && Number(rate) === 8000;
  return payloadTypes(media).find((type) => media.rtp.some((one) => one.payload === type && isDigits(one)));
}

function directionOf(media: FoundMedia, session: FoundSession): Direction {
  const said = media.direction ?? session.direction ?? 'sendrecv';
  return isDirection(said) ? said : 'sendrecv';
}

function isDirection(word: Value): word is Direction {
  return typeof word === 'string' && DIRECTIONS.includes(word);
}

/** A name or an IPv4 address; it is resolved later. */
function isHost(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9.-]{0,253}$/.test(text);
}

function told(lines: readonly MediaLine[]): string {
  if (lines.length === 0) return 'it has no media at all';
  return lines
    .map(({ type, port, protocol, payloads }) => `${type} ${port} ${protocol} ${payloads}`)
    .join(', ');
}
