import type { Frame } from '../codec';
import { samplesOf, toFrames } from './sound-source';
import { sine } from './tones';

/** Hertz of a little tune; no two of them are a tone that a phone of the tests plays. */
const TUNE = [523, 659, 784, 1047, 784, 659];
const NOTE_MS = 300;
let frames: readonly Frame[] | undefined;

/** Music on hold: a tune made of pure tones, to be played for ever. */
export function musicFrames(): readonly Frame[] {
  frames ??= TUNE.flatMap((hertz) => toFrames(sine([hertz], samplesOf(NOTE_MS))));
  return frames;
}
