import { PhoneError } from '../call/phone-error';
import type { PhoneLab } from '../lab/phone-lab';
import type { AudioFactory } from '../media/call-audio';
import { RtpDescriptionHandler } from '../media/rtp-description-handler';
import type { Sound } from '../media/tones';
import { loadWrtc, WRTC_MISSING } from '../webrtc/load-wrtc';
import { WebRtcAudio } from '../webrtc/webrtc-audio';
import type { PhoneOptions } from './phone-options';

/** @throws PhoneError for WebRTC without its package */
export function audioFactory(
  lab: PhoneLab,
  { media = 'rtp', codecs = ['PCMU', 'PCMA'], rtpPorts }: PhoneOptions,
  { address, sound }: { readonly address: string; readonly sound: Sound },
): AudioFactory {
  const { clock } = lab;
  if (media === 'rtp') {
    return (listener) =>
      new RtpDescriptionHandler(
        { address, clock, ports: rtpPorts, codecs, sound, tones: lab.tones },
        listener,
      );
  }
  const wrtc = loadWrtc();
  if (!wrtc) throw new PhoneError(WRTC_MISSING);
  return (listener) => new WebRtcAudio({ wrtc, clock, sound, tones: lab.tones }, listener);
}
