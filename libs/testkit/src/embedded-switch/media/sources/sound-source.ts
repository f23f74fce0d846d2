import { FRAME_SAMPLES, SAMPLE_RATE, type Frame } from '../codec';
import { encodeFrame } from '../g711';

/** Sound to be played, frame by frame. */
export interface SoundSource {
  /** The next 20 ms; undefined = it has ended. */
  next(): Frame | undefined;
}

/** Plays frames once, or `loops` times (-1 = for ever). */
export function framesSource(frames: readonly Frame[], loops = 1): SoundSource {
  let at = 0;
  let left = loops;
  return {
    next: () => {
      if (frames.length === 0 || left === 0) return undefined;
      const frame = frames[at];
      at += 1;
      if (at === frames.length) {
        at = 0;
        left -= left > 0 ? 1 : 0;
      }
      return frame;
    },
  };
}

/** Cuts samples into frames; the last one is filled with silence. */
export function toFrames(samples: Int16Array): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
    const frame = new Int16Array(FRAME_SAMPLES);
    frame.set(samples.subarray(at, at + FRAME_SAMPLES));
    frames.push(encodeFrame(frame, 'PCMA'));
  }
  return frames;
}

/** How many samples a duration has. */
export function samplesOf(ms: number): number {
  return Math.round((ms * SAMPLE_RATE) / 1000);
}
