import { createSocket, type Socket } from 'node:dgram';

const FRAME_MS = 20;
const FRAME_BYTES = 160;
/** PCMA silence. */
const SILENCE = 0xd5;

/** RTP of a test phone: it sounds a tone when told to, and counts what it hears. */
export class TestMedia {
  packets = 0;
  /** Of the packets heard, those that were not silence. */
  loudPackets = 0;
  #timer: NodeJS.Timeout | undefined;
  #remote: { address: string; port: number } | undefined;
  #sequence = 0;
  #timestamp = 0;

  static async open(): Promise<TestMedia> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new TestMedia(socket);
  }

  private constructor(private readonly socket: Socket) {
    socket.on('message', (bytes) => {
      this.packets += 1;
      if (bytes.subarray(12).some((byte) => Math.abs(byte - SILENCE) > 2)) this.loudPackets += 1;
    });
  }

  get port(): number {
    return this.socket.address().port;
  }

  sdp(direction = 'sendrecv', version = 1): string {
    return [
      'v=0',
      `o=- 1 ${version} IN IP4 127.0.0.1`,
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${this.port} RTP/AVP 8 101`,
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-15',
      `a=${direction}`,
      '',
    ].join('\r\n');
  }

  /** Sends to where an SDP says, and begins to sound. */
  talkTo(sdp: string, byte = 0x2a): void {
    const port = Number(/^m=audio (\d+)/m.exec(sdp)?.[1] ?? 0);
    const address = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1] ?? '127.0.0.1';
    if (port === 0) return;
    this.#remote = { address, port };
    this.#timer ??= setInterval(() => this.#send(8, Buffer.alloc(FRAME_BYTES, byte)), FRAME_MS);
  }

  silence(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Presses keys by RFC 4733. */
  press(digits: string): void {
    for (const digit of digits) {
      const event = '0123456789*#ABCD'.indexOf(digit);
      const timestamp = this.#timestamp;
      for (const [duration, isEnd] of [
        [160, false],
        [800, false],
        [1280, true],
        [1280, true],
        [1280, true],
      ] as const) {
        this.#send(101, Buffer.from([event, isEnd ? 0x8a : 0x0a, duration >> 8, duration & 0xff]), timestamp);
      }
      this.#timestamp += 2000;
    }
  }

  close(): void {
    this.silence();
    try {
      this.socket.close();
    } catch {
      // closed before
    }
  }

  #send(payloadType: number, payload: Buffer, timestamp?: number): void {
    if (!this.#remote) return;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    if (timestamp === undefined) this.#timestamp += FRAME_BYTES;
    const head = Buffer.alloc(12);
    head[0] = 0x80;
    head[1] = payloadType;
    head.writeUInt16BE(this.#sequence, 2);
    head.writeUInt32BE((timestamp ?? this.#timestamp) >>> 0, 4);
    head.writeUInt32BE(0x1234, 8);
    this.socket.send(Buffer.concat([head, payload]), this.#remote.port, this.#remote.address);
  }
}
