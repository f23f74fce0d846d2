import { createSocket, type Socket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { codecOf, FRAME_MS, FRAME_SAMPLES, PAYLOAD_TYPE, type Frame } from '../codec';
import { DtmfReader, pressOf } from './dtmf';
import type { Ticker } from '../ticker';
import { buildRtp, parseRtp } from './rtp-packet';

export interface RtpEvents {
  heard(frame: Frame): void;
  pressed(digit: string): void;
}

/** What went in and out, for the variables of the hang-up. */
export interface RtpCounts {
  packetsIn: number;
  bytesIn: number;
  packetsOut: number;
  bytesOut: number;
}

/** A pause after which the sound begins anew (RFC 3551: the marker bit). */
const PAUSE_MS = 3 * FRAME_MS;

/** One end of a media stream: a UDP port of the switch and the address of the phone. */
export class RtpPort {
  readonly counts: RtpCounts = { packetsIn: 0, bytesIn: 0, packetsOut: 0, bytesOut: 0 };
  readonly ssrc = randomBytes(4).readUInt32BE(0);
  readonly #dtmf = new DtmfReader();
  #remote: { address: string; port: number } | undefined;
  #dtmfPayload: number | undefined;
  #sequence = randomBytes(2).readUInt16BE(0);
  #timestamp = randomBytes(4).readUInt32BE(0);
  #lastSentAt = 0;
  #isPressing = false;
  #isClosed = false;

  constructor(
    private readonly socket: Socket,
    private readonly events: RtpEvents,
  ) {
    socket.on('message', (bytes, from) => this.#received(bytes, from));
    socket.on('error', () => undefined);
  }

  /** Binds a socket; undefined when the port is taken. */
  static async bind(host: string, port: number, events: RtpEvents): Promise<RtpPort | undefined> {
    // addresses are numbers here: looking them up for every packet would cost more than sending it
    const socket = createSocket({ type: 'udp4', lookup: (name, _options, found) => found(null, name, 4) });
    const isBound = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false)).bind(port, host, () => resolve(true));
    });
    if (isBound) return new RtpPort(socket, events);
    socket.close();
    return undefined;
  }

  get port(): number {
    return this.#isClosed ? 0 : this.socket.address().port;
  }

  /** Where the phone listens, as its SDP says. Its packets may show another address (NAT). */
  connect(address: string, port: number, dtmfPayload: number | undefined): void {
    this.#remote = address === '0.0.0.0' || port === 0 ? undefined : { address, port };
    this.#dtmfPayload = dtmfPayload;
  }

  /** Sends 20 ms of sound. A key that is being sent has precedence. */
  send({ codec, payload }: Frame): void {
    if (this.#isPressing) return;
    const marker = this.#advance();
    this.#transmit(PAYLOAD_TYPE[codec], payload, marker, this.#timestamp);
  }

  /** Sends a key by RFC 4733; `every` calls back every 20 ms. Resolves when it has been sent. */
  async press(digit: string, every: Ticker['every']): Promise<void> {
    const steps = pressOf(digit);
    const payloadType = this.#dtmfPayload;
    if (payloadType === undefined || steps.length === 0) return;
    this.#advance();
    const timestamp = this.#timestamp;
    this.#isPressing = true;
    await new Promise<void>((resolve) => {
      const stop = every((isLost) => {
        if (isLost) return;
        const step = steps.shift();
        if (step) this.#transmit(payloadType, step.payload, step.isFirst, timestamp);
        if (steps.length > 0 && !this.#isClosed) return;
        stop();
        resolve();
      });
    });
    this.#isPressing = false;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.socket.close();
  }

  /** Moves on the clock of the stream; true when the sound begins anew. */
  #advance(): boolean {
    const now = performance.now();
    const pause = now - this.#lastSentAt;
    const begins = pause > PAUSE_MS;
    const frames = begins && this.#lastSentAt > 0 ? Math.round(pause / FRAME_MS) : 1;
    this.#timestamp = (this.#timestamp + frames * FRAME_SAMPLES) >>> 0;
    this.#lastSentAt = now;
    return begins;
  }

  #transmit(payloadType: number, payload: Uint8Array, marker: boolean, timestamp: number): void {
    if (!this.#remote || this.#isClosed) return;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const packet = buildRtp({ payloadType, payload, marker, timestamp, sequence: this.#sequence }, this.ssrc);
    this.counts.packetsOut += 1;
    this.counts.bytesOut += packet.length;
    this.socket.send(packet, this.#remote.port, this.#remote.address);
  }

  #received(bytes: Buffer, from: { address: string; port: number }): void {
    const packet = parseRtp(bytes);
    if (!packet) return;
    this.counts.packetsIn += 1;
    this.counts.bytesIn += bytes.length;
    if (this.#remote && (from.port !== this.#remote.port || from.address !== this.#remote.address)) {
      this.#remote = { address: from.address, port: from.port };
    }
    if (packet.payloadType === this.#dtmfPayload) {
      const digit = this.#dtmf.read(packet);
      if (digit !== undefined) this.events.pressed(digit);
      return;
    }
    const codec = codecOf(packet.payloadType);
    if (codec) this.events.heard({ codec, payload: packet.payload });
  }
}
