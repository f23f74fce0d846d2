import type { Channel } from '../core';
import type { LegAudio } from './leg-audio';

/** What a channel knows of its own end of the media (captures). */
export function setLocalMedia(channel: Channel, audio: LegAudio, address: string): void {
  const { variables } = channel;
  variables.set('local_media_ip', address);
  variables.set('local_media_port', String(audio.port?.port ?? 0));
  variables.set('advertised_media_ip', address);
  variables.set('audio_media_flow', 'sendrecv');
  variables.set('rtp_local_sdp_str', audio.localDescription);
}

/** What it knows once both ends have agreed. */
export function setAgreedMedia(channel: Channel, audio: LegAudio): void {
  const { codec, remote, port } = audio;
  if (!codec || !remote) return;
  const payload = codec === 'PCMA' ? '8' : '0';
  const facts: [string, string][] = [
    ['remote_audio_media_flow', remote.direction],
    ['rtp_audio_recv_pt', payload],
    ['rtp_use_codec_name', codec],
    ['rtp_use_codec_rate', '8000'],
    ['rtp_use_codec_ptime', '20'],
    ['rtp_use_codec_channels', '1'],
    ['rtp_last_audio_codec_string', `${codec}@8000h@20i@1c`],
    ['read_codec', codec],
    ['original_read_codec', codec],
    ['read_rate', '8000'],
    ['original_read_rate', '8000'],
    ['write_codec', codec],
    ['write_rate', '8000'],
    ['dtmf_type', 'rfc2833'],
    ['rtp_use_timer_name', 'soft'],
    ['rtp_use_pt', payload],
    ['rtp_use_ssrc', String(port?.ssrc ?? 0)],
    ['remote_media_ip', remote.address],
    ['remote_media_port', String(remote.port)],
  ];
  for (const [name, value] of facts) channel.variables.set(name, value);
  if (remote.dtmfPayload !== undefined) {
    channel.variables.set('rtp_2833_send_payload', String(remote.dtmfPayload));
    channel.variables.set('rtp_2833_recv_payload', String(remote.dtmfPayload));
  }
}

/** FreeSWITCH's name for what the other side offers, `ep_codec_string`. */
export function codecString(codecs: readonly string[]): string {
  return codecs.map((codec) => `CORE_PCM_MODULE.${codec}@8000h@20i@64000b`).join(',');
}

/** Counters of the RTP port, as they appear on CHANNEL_HANGUP_COMPLETE. */
export function countVariables(audio: LegAudio): [string, string][] {
  const { port } = audio;
  if (!port || !audio.codec) return [];
  const { packetsIn, bytesIn, packetsOut, bytesOut } = port.counts;
  return [
    ['rtp_audio_in_raw_bytes', String(bytesIn)],
    ['rtp_audio_in_media_bytes', String(bytesIn)],
    ['rtp_audio_in_packet_count', String(packetsIn)],
    ['rtp_audio_in_media_packet_count', String(packetsIn)],
    ['rtp_audio_in_quality_percentage', '100.00'],
    ['rtp_audio_in_mos', '4.50'],
    ['rtp_audio_out_raw_bytes', String(bytesOut)],
    ['rtp_audio_out_media_bytes', String(bytesOut)],
    ['rtp_audio_out_packet_count', String(packetsOut)],
    ['rtp_audio_out_media_packet_count', String(packetsOut)],
  ];
}
