import { FRAME_SAMPLES, type Frame } from './codec';
import { decodeFrame, encodeFrame } from './g711';

/** Adds up what several people say, 20 ms at a time. */
export class FrameMixer<K> {
  readonly #frames = new Map<K, Int16Array>();

  /** What somebody has said last; heard once. */
  put(who: K, frame: Frame): void {
    this.#frames.set(who, decodeFrame(frame));
  }

  /** What everybody else says. */
  mixWithout(who: K | undefined): Frame {
    const sum = new Int16Array(FRAME_SAMPLES);
    for (const [each, samples] of this.#frames) {
      if (each === who) continue;
      const length = Math.min(sum.length, samples.length);
      for (let at = 0; at < length; at += 1) {
        const value = (sum[at] ?? 0) + (samples[at] ?? 0);
        sum[at] = Math.max(-32_768, Math.min(32_767, value));
      }
    }
    return encodeFrame(sum, 'PCMA');
  }

  /** The next 20 ms begin. */
  clear(): void {
    this.#frames.clear();
  }
}
