import { randomInt } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { BodyAndContentType } from 'sip.js';
import type { AudioListener, CallAudio } from './call-audio';
import type { AudioDescription } from '../sdp/description';
import { agree, answeringDirection, type Agreement } from '../sdp/negotiate';
import { readDescription } from '../sdp/read-description';
import { writeAnswer, writeOffer, type LocalAudio } from '../sdp/write-description';
import type { DigitTiming } from './digit-sender';
import type { CodecName } from './g711';
import type { RtpClock } from './rtp-clock';
import { openRtpSocket, type PortRange } from './rtp-port';
import { RtpSession, type AudioReport } from './rtp-session';
import type { Sound } from './tones';

export interface RtpAudioOptions {
  /** Our address, as the far end can reach it. */
  readonly address: string;
  readonly clock: RtpClock;
  readonly ports?: PortRange;
  /** In the order of our preference. */
  readonly codecs: readonly CodecName[];
  /** Frequencies to listen for. */
  readonly tones: readonly number[];
  readonly sound: Sound;
}

const SDP = 'application/sdp';
const SILENT_REPORT: AudioReport = {
  packets: 0,
  lost: 0,
  duplicates: 0,
  reordered: 0,
  gaps: 0,
  longestGapMs: 0,
  jitterMs: 0,
  streams: 0,
  sentPackets: 0,
  strays: 0,
  state: 'no-audio',
  levelDb: -Infinity,
  heard: [],
  digits: '',
};

/**
 * Plain RTP for SIP.js: makes and reads the descriptions of a call, and runs its sound.
 *
 * An exchange is open from a description to its counterpart: after our offer the next one read is the answer, else it is an
 * offer and the next one made is the answer to it. A refused re-INVITE is rolled back to what was agreed before.
 */
export class RtpDescriptionHandler implements CallAudio {
  isHolding = false;
  #rtp: RtpSession | undefined;
  #opening: Promise<RtpSession> | undefined;
  #sound: Sound;
  #isOffering = false;
  #theirOffer: AudioDescription | undefined;
  #isClosed = false;
  readonly #sessionId = randomInt(2 ** 31);
  #version = 0;

  constructor(
    private readonly options: RtpAudioOptions,
    private readonly listener: AudioListener,
  ) {
    this.#sound = options.sound;
  }

  get report(): AudioReport {
    return this.#rtp?.report ?? SILENT_REPORT;
  }

  get tonesNow(): readonly number[] {
    return this.#rtp?.tonesNow ?? [];
  }

  play(sound: Sound): void {
    this.#sound = sound;
    this.#rtp?.play(sound);
  }

  async dial(digits: string, timing?: DigitTiming): Promise<void> {
    if (!this.#rtp) throw new Error('no DTMF digits before there is sound');
    await this.#rtp.dial(digits, timing);
  }

  hasDescription(contentType: string): boolean {
    return contentType.split(';')[0]?.trim().toLowerCase() === SDP;
  }

  async getDescription(): Promise<BodyAndContentType> {
    const rtp = await this.#open();
    const offer = this.#theirOffer;
    this.#theirOffer = undefined;
    this.#isOffering = offer === undefined;
    const local = this.#local(rtp.port);
    const body = offer
      ? writeAnswer(local, answeringDirection(offer.direction, this.isHolding), offer)
      : writeOffer(local, this.isHolding ? 'sendonly' : 'sendrecv');
    return { body, contentType: SDP };
  }

  refusalOf(offer: string): string | undefined {
    try {
      agree(readDescription(offer), this.options.codecs);
      return undefined;
    } catch (error) {
      return String(error);
    }
  }

  /** @throws SdpError */
  async setDescription(sdp: string): Promise<void> {
    try {
      await this.#take(readDescription(sdp));
    } catch (error) {
      this.listener.onDisagreement(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }

  rollbackDescription(): Promise<void> {
    this.#isOffering = false;
    this.#theirOffer = undefined;
    return Promise.resolve();
  }

  /** SIP.js's own way to dial; ours is {@link dial}, which tells when it is done. */
  sendDtmf(): boolean {
    return false;
  }

  close(): void {
    this.#isClosed = true;
    this.#rtp?.close();
  }

  async #take(theirs: AudioDescription): Promise<void> {
    const agreement = await resolved(agree(theirs, this.options.codecs));
    const rtp = await this.#open();
    if (!this.#isOffering) this.#theirOffer = theirs;
    this.#isOffering = false;
    rtp.apply(agreement, this.isHolding);
    this.listener.onAgreement(agreement);
  }

  async #open(): Promise<RtpSession> {
    this.#opening ??= this.#openRtp();
    return this.#opening;
  }

  async #openRtp(): Promise<RtpSession> {
    const { address, ports, clock, tones } = this.options;
    const socket = await openRtpSocket(address, ports);
    const onChange: AudioListener['onChange'] = (change) => this.listener.onChange(change);
    this.#rtp = new RtpSession({ socket, clock, tones, sound: this.#sound, onChange });
    if (this.#isClosed) this.#rtp.close();
    return this.#rtp;
  }

  #local(port: number): LocalAudio {
    const { address, codecs } = this.options;
    this.#version += 1;
    return { address, port, codecs, sessionId: this.#sessionId, version: this.#version };
  }
}

/** Packets are sent to addresses, not names. */
async function resolved(agreement: Agreement): Promise<Agreement> {
  if (isIP(agreement.address) !== 0) return agreement;
  const { address } = await lookup(agreement.address, 4);
  return { ...agreement, address };
}
