import { codecOf, type Codec } from '../codec';

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** What an SDP says about its first audio stream. */
export interface AudioDescription {
  readonly address: string;
  readonly port: number;
  /** RTP/AVP and G.711: the switch can carry the sound itself. */
  readonly isPlain: boolean;
  /** In the order of the SDP. */
  readonly codecs: readonly Codec[];
  /** Payload type of telephone-event; undefined = none. */
  readonly dtmfPayload: number | undefined;
  readonly direction: Direction;
}

/** Reads an SDP; undefined when it describes no audio. Other streams (video, T.38) are not looked at. */
export function parseSdp(sdp: string): AudioDescription | undefined {
  const lines = sdp.split(/\r?\n/);
  const start = lines.findIndex((line) => line.startsWith('m=audio '));
  const [, port, proto, formats] =
    /^m=audio (\d{1,5})(?:\/\d+)? (\S+)((?: \S+)*)/.exec(lines[start] ?? '') ?? [];
  if (port === undefined || proto === undefined || Number(port) > 65_535) return undefined;
  const rest = lines.slice(start + 1);
  const next = rest.findIndex((line) => line.startsWith('m='));
  const media = next < 0 ? rest : rest.slice(0, next);
  const session = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('m=')),
  );
  const payloads = (formats ?? '').trim().split(' ').map(Number);
  const codecs = payloads.map(codecOf).filter((codec) => codec !== undefined);
  return {
    address: connection(media) ?? connection(session) ?? '0.0.0.0',
    port: Number(port),
    isPlain: proto === 'RTP/AVP' && codecs.length > 0,
    codecs,
    dtmfPayload: telephoneEvent(media, payloads),
    direction: directionOf(media) ?? directionOf(session) ?? 'sendrecv',
  };
}

/** Whether an offer puts the call on hold (sofia.c: sendonly, inactive or no address). */
export function isHold({ direction, address }: AudioDescription): boolean {
  return direction === 'sendonly' || direction === 'inactive' || address === '0.0.0.0';
}

function connection(lines: readonly string[]): string | undefined {
  const line = lines.find((each) => each.startsWith('c=IN IP'));
  return line === undefined ? undefined : /^c=IN IP[46] ([^\s/]+)/.exec(line)?.[1];
}

function telephoneEvent(lines: readonly string[], payloads: readonly number[]): number | undefined {
  const found = lines
    .map((line) => /^a=rtpmap:(\d{1,3}) telephone-event\/8000/i.exec(line)?.[1])
    .find((payload) => payload !== undefined && payloads.includes(Number(payload)));
  return found === undefined ? undefined : Number(found);
}

function directionOf(lines: readonly string[]): Direction | undefined {
  const line = lines.find((each) => /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/.test(each));
  return line?.slice(2).trim() as Direction | undefined;
}
