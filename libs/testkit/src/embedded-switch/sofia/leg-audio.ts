import type { SwitchCore } from '../core';
import {
  LegMedia,
  localSdp,
  parseSdp,
  type AudioDescription,
  type Codec,
  type MediaDirection,
  type RtpPort,
} from '../media';

/** What FreeSWITCH offers for telephone-event. */
const DTMF_PAYLOAD = 101;

/** Who answers what the other side has offered: the direction seen from the switch. */
const REVERSE: Readonly<Record<MediaDirection, MediaDirection>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** The media of one SIP leg that the switch carries itself: a port, and what both sides have agreed on. */
export class LegAudio {
  readonly media: LegMedia;
  #port: RtpPort | undefined;
  #codec: Codec | undefined;
  #remote: AudioDescription | undefined;
  #version: number;
  readonly #sessionId: number;
  /** The description sent last. */
  localDescription = '';

  constructor(
    private readonly core: Pick<SwitchCore, 'rtpPorts' | 'ticker' | 'clock'>,
    private readonly address: string,
    private readonly pressed: (digit: string) => void,
  ) {
    this.media = new LegMedia((frame) => this.#port?.send(frame));
    this.#sessionId = Math.floor(core.clock.now() / 1000);
    this.#version = this.#sessionId;
  }

  /** undefined until both sides have agreed. */
  get codec(): Codec | undefined {
    return this.#codec;
  }

  get remote(): AudioDescription | undefined {
    return this.#remote;
  }

  get port(): RtpPort | undefined {
    return this.#port;
  }

  /** Takes a port of the switch. @returns false when none is free */
  async open(): Promise<boolean> {
    this.#port ??= await this.core.rtpPorts.open({
      heard: (frame) => this.media.hear(frame),
      pressed: (digit) => this.pressed(digit),
    });
    return this.#port !== undefined;
  }

  /** Describes the switch's end with all these codecs: an offer. */
  offer(codecs: readonly Codec[], direction: MediaDirection = 'sendrecv'): string {
    return this.#describe(codecs, DTMF_PAYLOAD, direction);
  }

  /**
   * Takes the description of the other side, be it an offer or an answer: the first codec that both have is used.
   *
   * @returns false when there is none
   */
  agree(sdp: string, ours: readonly Codec[]): boolean {
    const remote = parseSdp(sdp);
    const codec = remote?.isPlain ? remote.codecs.find((each) => ours.includes(each)) : undefined;
    if (!remote || !codec) return false;
    this.#remote = remote;
    this.#codec = codec;
    this.media.codec = codec;
    this.#port?.connect(remote.address, remote.port, remote.dtmfPayload);
    return true;
  }

  /** Describes the switch's end as an answer to what was agreed on. */
  answer(): string {
    if (!this.#codec || !this.#remote) return '';
    const { direction, dtmfPayload } = this.#remote;
    return this.#describe([this.#codec], dtmfPayload, REVERSE[direction]);
  }

  /** Sends keys, one after the other; `w` waits half a second, `W` a second. */
  async press(digits: string): Promise<void> {
    for (const digit of digits) {
      const pause = digit === 'w' ? 500 : digit === 'W' ? 1000 : 0;
      if (pause > 0) await new Promise<void>((resolve) => this.core.clock.after(pause, resolve));
      else await this.#port?.press(digit, (tick) => this.core.ticker.every(tick));
    }
  }

  close(): void {
    this.#port?.close();
  }

  #describe(codecs: readonly Codec[], dtmfPayload: number | undefined, direction: MediaDirection): string {
    this.#version += 1;
    this.localDescription = localSdp({
      address: this.address,
      port: this.#port?.port ?? 0,
      codecs,
      dtmfPayload,
      direction,
      sessionId: this.#sessionId,
      version: this.#version,
    });
    return this.localDescription;
  }
}
