import type { RemoteInfo, Socket } from 'node:dgram';
import { randomInt } from 'node:crypto';
import { now } from '../journal/now';
import type { Agreement } from '../sdp/negotiate';
import { DigitSender, type DigitTiming } from './digit-sender';
import { Ear, type EarChange, type HeardTone, type SoundState } from './ear';
import { decodeG711, encodeG711 } from './g711';
import type { RtpClock, Ticking } from './rtp-clock';
import { readRtp, writeRtp, type RtpPacket } from './rtp-packet';
import { RtpStatistics, type ReceptionReport } from './rtp-statistics';
import { RtpSource } from './rtp-source';
import { readTelephoneEvent } from './telephone-event';
import { FRAME_SAMPLES, SoundPlayer, type Sound } from './tones';

/** What happens in the sound of a call. */
export type AudioChange = EarChange | { readonly kind: 'dtmf'; readonly digit: string; readonly at: number };

/** All about the sound of a call, for assertions and reports. */
export interface AudioReport extends ReceptionReport {
  readonly sentPackets: number;
  /** Packets from elsewhere than the far end said: of an earlier call on this port, or of a stranger. */
  readonly strays: number;
  readonly state: SoundState;
  readonly levelDb: number;
  readonly heard: readonly HeardTone[];
  readonly digits: string;
}

export interface RtpSessionOptions {
  readonly socket: Socket;
  readonly clock: RtpClock;
  /** Frequencies to listen for. */
  readonly tones: readonly number[];
  /** What we say. */
  readonly sound: Sound;
  readonly onChange: (change: AudioChange) => void;
}

/**
 * The sound of one call over plain RTP: says something, listens, and counts.
 *
 * Silent until `apply` gives it an agreement; then it sends every 20 ms if the far end wants to hear us and we do not hold,
 * until `close`. It hears whatever comes from the far end, agreed on or not: that is for the test to judge.
 */
export class RtpSession implements Ticking {
  readonly #statistics = new RtpStatistics();
  readonly #source = new RtpSource();
  readonly #digitsOut = new DigitSender();
  readonly #ear: Ear;
  readonly #ssrc = randomInt(2 ** 32);
  #sequence = randomInt(2 ** 16);
  #timestamp = randomInt(2 ** 31);
  #player: SoundPlayer;
  #agreement: Agreement | undefined;
  #isHolding = false;
  #isClosed = false;
  #isFirst = true;
  #sentPackets = 0;
  #digits = '';
  #lastDigitTimestamp: number | undefined;
  #digitTimestamp = 0;

  constructor(private readonly options: RtpSessionOptions) {
    this.#player = new SoundPlayer(options.sound);
    this.#ear = new Ear(options.tones, options.onChange);
    options.socket.on('message', (bytes, from) => this.#receive(bytes, from));
    // Errors of single packets (an ICMP "port unreachable" of a far end that is gone) are losses, and seen as such.
    options.socket.on('error', () => undefined);
  }

  get port(): number {
    return this.options.socket.address().port;
  }

  get report(): AudioReport {
    return {
      ...this.#statistics.report,
      sentPackets: this.#sentPackets,
      strays: this.#source.strays,
      state: this.#ear.state,
      levelDb: this.#ear.levelDb,
      heard: this.#ear.heard,
      digits: this.#digits,
    };
  }

  /** Tones heard at this moment, Hz. */
  get tonesNow(): readonly number[] {
    return this.#ear.tonesNow;
  }

  get agreement(): Agreement | undefined {
    return this.#agreement;
  }

  /** Begins, or goes on as newly agreed. */
  apply(agreement: Agreement, isHolding: boolean): void {
    if (!this.#agreement) this.options.clock.add(this);
    if (!agreement.mayReceive || isHolding) this.#statistics.expectPause();
    this.#agreement = agreement;
    this.#isHolding = isHolding;
    this.#source.expect(agreement);
  }

  /** Says something else from now on. */
  play(sound: Sound): void {
    this.#player = new SoundPlayer(sound);
  }

  /** @returns resolves when all digits have been sent; @throws Error when the far end takes none */
  async dial(digits: string, timing?: DigitTiming): Promise<void> {
    if (this.#agreement?.digitsType === undefined)
      throw new Error('the far end takes no DTMF digits in RTP (no telephone-event in its description)');
    if (!this.#agreement.maySend || this.#isHolding) throw new Error('no DTMF digits while the call is held');
    await this.#digitsOut.dial(digits, timing);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.options.clock.remove(this);
    this.#digitsOut.stop();
    this.options.socket.close();
  }

  tick(at: number, sleptMs: number): void {
    this.#ear.tick(at, sleptMs);
    const frame = this.#player.nextFrame();
    this.#timestamp = (this.#timestamp + FRAME_SAMPLES) >>> 0;
    const agreement = this.#agreement;
    if (!agreement?.maySend || this.#isHolding) {
      this.#isFirst = true;
      return;
    }
    if (this.#sendDigit(agreement)) return;
    const payload = encodeG711(agreement.codec, frame);
    this.#send(agreement, agreement.payloadType, this.#timestamp, this.#isFirst, payload);
    this.#isFirst = false;
  }

  #sendDigit(agreement: Agreement): boolean {
    const packets = this.#digitsOut.nextFrame();
    for (const { payload, isFirst } of packets) {
      if (isFirst) this.#digitTimestamp = this.#timestamp;
      this.#send(agreement, agreement.digitsType ?? 0, this.#digitTimestamp, isFirst, payload);
    }
    return packets.length > 0;
  }

  #send(
    { address, port }: Agreement,
    payloadType: number,
    timestamp: number,
    marker: boolean,
    payload: Buffer,
  ): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const packet = { payloadType, sequence: this.#sequence, timestamp, ssrc: this.#ssrc, marker, payload };
    this.options.socket.send(writeRtp(packet), port, address, () => undefined);
    this.#sentPackets += 1;
  }

  #receive(bytes: Buffer, { address, port }: RemoteInfo): void {
    const packet = readRtp(bytes);
    if (!packet || !this.#agreement || !this.#source.isFarEnd(address, port)) return;
    const at = now();
    const isNext = this.#statistics.receive(packet, at);
    if (packet.payloadType === this.#agreement.digitsType) this.#hearDigit(packet, at);
    else if (isNext && packet.payloadType === this.#agreement.payloadType)
      this.#ear.hear(decodeG711(this.#agreement.codec, packet.payload), at);
  }

  /** All packets of a digit have its timestamp; the first to arrive counts, so that losing some loses nothing. */
  #hearDigit({ payload, timestamp }: RtpPacket, at: number): void {
    const event = readTelephoneEvent(payload);
    if (!event || timestamp === this.#lastDigitTimestamp) return;
    this.#lastDigitTimestamp = timestamp;
    this.#digits += event.digit;
    this.options.onChange({ kind: 'dtmf', digit: event.digit, at });
  }
}
