import { FRAME_SAMPLES } from '../codec';

/** How far a track may fall behind the clock before silence fills the gap: jitter is not silence. */
const PATIENCE = 3 * FRAME_SAMPLES;
/** How far it may be ahead before frames are dropped. */
const LEAD = 5 * FRAME_SAMPLES;

/** The samples of one side of a recording, in time with the clock. */
export class SampleTrack {
  #chunks: Int16Array[] = [];
  #length = 0;
  /** Everything that was ever put in. */
  #position = 0;

  /** Samples that wait to be taken. */
  get length(): number {
    return this.#length;
  }

  /** Adds what came at that moment (samples since the start). */
  add(samples: Int16Array, at: number): void {
    this.keepUp(at);
    if (this.#position > at + LEAD) return;
    this.#push(samples);
  }

  /** Fills with silence what nobody said. */
  keepUp(at: number): void {
    if (this.#position < at - PATIENCE) this.padTo(Math.floor(at - FRAME_SAMPLES));
  }

  /** Fills the track up to that moment. */
  padTo(at: number): void {
    if (at > this.#position) this.#push(new Int16Array(at - this.#position));
  }

  /** Takes the oldest samples; there must be as many. */
  take(count: number): Int16Array {
    const taken = new Int16Array(count);
    let filled = 0;
    while (filled < count) {
      const chunk = this.#chunks[0];
      if (!chunk) break;
      const part = chunk.subarray(0, count - filled);
      taken.set(part, filled);
      filled += part.length;
      if (part.length === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(part.length);
    }
    this.#length -= filled;
    return taken;
  }

  #push(samples: Int16Array): void {
    this.#chunks.push(samples);
    this.#length += samples.length;
    this.#position += samples.length;
  }
}
