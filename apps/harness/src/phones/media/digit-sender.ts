import { writeTelephoneEvent } from './telephone-event';
import { FRAME_MS, FRAME_SAMPLES } from './tones';

/** How digits are dialled, ms. Switches want 40 of each at least (ITU-T Q.24); people press about 100. */
export interface DigitTiming {
  readonly digitMs?: number;
  readonly pauseMs?: number;
}

const DEFAULTS = { digitMs: 100, pauseMs: 100 };
/** The end of a digit is sent three times, for one may be lost (RFC 4733, section 2.5.1.4). */
const END_COPIES = 3;
const VOLUME = 10;

/** One packet of a digit; all packets of a digit go out with the timestamp of the first. */
export interface DigitPacket {
  readonly payload: Buffer;
  readonly isFirst: boolean;
}

interface Dialling {
  readonly digits: string[];
  readonly digitFrames: number;
  readonly pauseFrames: number;
  readonly done: () => void;
}

/** Turns digits into what each 20 ms has to carry: a packet of a digit, or nothing special. */
export class DigitSender {
  readonly #queue: Dialling[] = [];
  #frame = 0;

  /** @returns resolves when the pause after the last digit is over */
  dial(digits: string, timing: DigitTiming = {}): Promise<void> {
    const { digitMs = DEFAULTS.digitMs, pauseMs = DEFAULTS.pauseMs } = timing;
    return new Promise((done) => {
      this.#queue.push({
        digits: digits.split(''),
        digitFrames: Math.max(2, Math.round(digitMs / FRAME_MS)),
        pauseFrames: Math.max(2, Math.round(pauseMs / FRAME_MS)),
        done,
      });
    });
  }

  /** What the next 20 ms carry; none: the sound of the call. */
  nextFrame(): readonly DigitPacket[] {
    const dialling = this.#queue[0];
    if (!dialling) return [];
    const frame = this.#frame;
    this.#frame += 1;
    if (frame < dialling.digitFrames) return this.#packets(dialling, frame);
    if (frame + 1 >= dialling.digitFrames + dialling.pauseFrames) this.#finishDigit(dialling);
    return [];
  }

  /** Nothing more will be sent; whoever waits for it goes on. */
  stop(): void {
    for (const { done } of this.#queue.splice(0)) done();
  }

  #packets({ digits: [digit = ''], digitFrames }: Dialling, frame: number): DigitPacket[] {
    const isEnd = frame === digitFrames - 1;
    const payload = writeTelephoneEvent({
      digit,
      isEnd,
      volume: VOLUME,
      duration: (frame + 1) * FRAME_SAMPLES,
    });
    return Array.from({ length: isEnd ? END_COPIES : 1 }, () => ({ payload, isFirst: frame === 0 }));
  }

  #finishDigit(dialling: Dialling): void {
    this.#frame = 0;
    dialling.digits.shift();
    if (dialling.digits.length > 0) return;
    this.#queue.shift();
    dialling.done();
  }
}
