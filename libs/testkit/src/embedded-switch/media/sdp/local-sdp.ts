import { PAYLOAD_TYPE, type Codec } from '../codec';
import type { Direction } from './audio-description';

/** What the switch says of its own end. */
export interface LocalAudio {
  readonly address: string;
  readonly port: number;
  readonly codecs: readonly Codec[];
  readonly dtmfPayload: number | undefined;
  readonly direction: Direction;
  readonly sessionId: number;
  /** Rises with every new description of the same call. */
  readonly version: number;
}

/** An SDP as FreeSWITCH writes it (captures, variable_rtp_local_sdp_str). */
export function localSdp({
  address,
  port,
  codecs,
  dtmfPayload,
  direction,
  sessionId,
  version,
}: LocalAudio): string {
  const payloads = codecs.map((codec) => PAYLOAD_TYPE[codec]);
  const dtmf = dtmfPayload === undefined ? [] : [dtmfPayload];
  return [
    'v=0',
    `o=FreeSWITCH ${sessionId} ${version} IN IP4 ${address}`,
    's=FreeSWITCH',
    `c=IN IP4 ${address}`,
    't=0 0',
    `m=audio ${port} RTP/AVP ${[...payloads, ...dtmf].join(' ')}`,
    ...codecs.map((codec) => `a=rtpmap:${PAYLOAD_TYPE[codec]} ${codec}/8000`),
    ...dtmf.flatMap((payload) => [`a=rtpmap:${payload} telephone-event/8000`, `a=fmtp:${payload} 0-15`]),
    'a=ptime:20',
    `a=${direction}`,
    '',
  ].join('\r\n');
}
