import type { BodyAndContentType } from 'sip.js';
import { now } from '../journal/now';
import type { AudioListener, CallAudio } from '../media/call-audio';
import { Ear } from '../media/ear';
import { SAMPLES_PER_SECOND } from '../media/g711';
import type { RtpClock, Ticking } from '../media/rtp-clock';
import type { AudioReport } from '../media/rtp-session';
import { FRAME_SAMPLES, SoundPlayer, type Sound } from '../media/tones';
import type {
  AudioData,
  AudioSink,
  AudioSource,
  MediaTrack,
  PeerConnection,
  SessionText,
  Wrtc,
} from './load-wrtc';

export interface WebRtcOptions {
  readonly wrtc: Wrtc;
  readonly clock: RtpClock;
  readonly tones: readonly number[];
  readonly sound: Sound;
}

const SDP = 'application/sdp';
/** Candidates of this machine are found at once; without servers to ask nothing else will come, ms. */
const GATHERING_MS = 500;
/** The native side takes 10 ms at a time. */
const CHUNK_SAMPLES = FRAME_SAMPLES / 2;

/**
 * Sound as a browser has it: ICE, DTLS-SRTP and Opus, by the optional package `@roamhq/wrtc`. About 20 times as expensive as
 * plain RTP, so it is for the few tests that have to prove just this.
 *
 * Packets belong to the native side and are not seen here: the report counts frames of 20 ms, and losses are not in it.
 */
export class WebRtcAudio implements CallAudio, Ticking {
  isHolding = false;
  readonly #peer: PeerConnection;
  readonly #source: AudioSource;
  readonly #track: MediaTrack;
  readonly #ear: Ear;
  #sink: AudioSink | undefined;
  #player: SoundPlayer;
  #isOffering = false;
  #isTheirOfferOpen = false;
  #isClosed = false;
  #sent = 0;
  #received = 0;

  constructor(
    private readonly options: WebRtcOptions,
    private readonly listener: AudioListener,
  ) {
    const { wrtc, sound, tones } = options;
    this.#player = new SoundPlayer(sound);
    this.#ear = new Ear(tones, (change) => listener.onChange(change));
    this.#source = new wrtc.nonstandard.RTCAudioSource();
    this.#track = this.#source.createTrack();
    this.#peer = new wrtc.RTCPeerConnection({ iceServers: [] });
    this.#peer.addTrack(this.#track);
    this.#peer.ontrack = ({ track }) => this.#listenTo(track);
  }

  get report(): AudioReport {
    return {
      packets: Math.floor(this.#received / FRAME_SAMPLES),
      sentPackets: this.#sent,
      lost: 0,
      duplicates: 0,
      reordered: 0,
      gaps: 0,
      longestGapMs: 0,
      jitterMs: 0,
      streams: this.#sink ? 1 : 0,
      strays: 0,
      state: this.#ear.state,
      levelDb: this.#ear.levelDb,
      heard: this.#ear.heard,
      digits: '',
    };
  }

  get tonesNow(): readonly number[] {
    return this.#ear.tonesNow;
  }

  play(sound: Sound): void {
    this.#player = new SoundPlayer(sound);
  }

  dial(): Promise<void> {
    return Promise.reject(new Error('the native WebRTC package cannot send digits; INFO can carry them'));
  }

  refusalOf(offer: string): string | undefined {
    return /^a=fingerprint:/m.test(offer) ? undefined : 'no encrypted media (DTLS-SRTP) in it';
  }

  hasDescription(contentType: string): boolean {
    return contentType.split(';')[0]?.trim().toLowerCase() === SDP;
  }

  async getDescription(): Promise<BodyAndContentType> {
    for (const transceiver of this.#peer.getTransceivers())
      transceiver.direction = this.isHolding ? 'sendonly' : 'sendrecv';
    const description = await (this.#isTheirOfferOpen ? this.#peer.createAnswer() : this.#peer.createOffer());
    this.#isOffering = description.type === 'offer';
    this.#isTheirOfferOpen = false;
    await this.#peer.setLocalDescription(description);
    await this.#gathered();
    return { body: this.#peer.localDescription?.sdp ?? '', contentType: SDP };
  }

  async setDescription(sdp: string): Promise<void> {
    const type: SessionText['type'] = this.#isOffering ? 'answer' : 'offer';
    try {
      await this.#peer.setRemoteDescription({ type, sdp });
    } catch (cause) {
      const error = new Error(`impossible WebRTC ${type}: ${String(cause)}`, { cause });
      this.listener.onDisagreement(error);
      throw error;
    }
    this.#isTheirOfferOpen = type === 'offer';
    this.#isOffering = false;
    if (!this.#isClosed) this.options.clock.add(this);
    this.listener.onAgreement({ maySend: !/^a=(?:sendonly|inactive)\s*$/m.test(sdp) });
  }

  async rollbackDescription(): Promise<void> {
    this.#isOffering = false;
    this.#isTheirOfferOpen = false;
    await this.#peer.setLocalDescription({ type: 'rollback' });
  }

  sendDtmf(): boolean {
    return false;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.options.clock.remove(this);
    this.#sink?.stop();
    this.#track.stop();
    this.#peer.close();
  }

  tick(at: number, sleptMs: number): void {
    this.#ear.tick(at, sleptMs);
    const frame = this.#player.nextFrame();
    if (this.isHolding) return;
    this.#sent += 1;
    for (const start of [0, CHUNK_SAMPLES]) {
      this.#source.onData({
        samples: frame.slice(start, start + CHUNK_SAMPLES),
        sampleRate: SAMPLES_PER_SECOND,
        bitsPerSample: 16,
        channelCount: 1,
        numberOfFrames: CHUNK_SAMPLES,
      });
    }
  }

  #listenTo(track: MediaTrack): void {
    this.#sink?.stop();
    this.#sink = new this.options.wrtc.nonstandard.RTCAudioSink(track);
    this.#sink.ondata = (data) => {
      const samples = atTelephoneRate(data);
      this.#received += samples.length;
      this.#ear.hear(samples, now());
    };
  }

  async #gathered(): Promise<void> {
    const peer = this.#peer;
    if (peer.iceGatheringState === 'complete') return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, GATHERING_MS);
      peer.onicegatheringstatechange = () => {
        if (peer.iceGatheringState !== 'complete') return;
        clearTimeout(late);
        resolve();
      };
    });
  }
}

/** One channel at 8000 samples a second: the mean of each group is a filter good enough for tones below 3400 Hz. */
function atTelephoneRate({ samples, sampleRate, channelCount }: AudioData): Int16Array {
  const group = Math.round(sampleRate / SAMPLES_PER_SECOND) * channelCount;
  return Int16Array.from({ length: Math.floor(samples.length / group) }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < group; k++) sum += samples[i * group + k] ?? 0;
    return Math.round(sum / group);
  });
}
