import { SAMPLES_PER_SECOND } from './g711';

/** One packet's worth of sound: 20 ms. */
export const FRAME_MS = 20;
export const FRAME_SAMPLES = (SAMPLES_PER_SECOND * FRAME_MS) / 1000;

/** Tones that networks make: dial tones, ringing, congestion, information tones, milliwatt, DTMF, fax (ITU-T E.180, Q.23). */
export const NETWORK_TONES: readonly number[] = [
  350, 425, 440, 480, 620, 697, 770, 852, 941, 950, 1004, 1100, 1209, 1336, 1400, 1477, 1633, 1800, 2100,
];

/** Two tones nearer than this may be taken for each other in a block of 40 ms. */
const NEAREST_HZ = 40;

/**
 * Tones for phones. Multiples of 50 Hz have a whole number of periods in a frame and of Goertzel bins in a block, so they
 * never disturb each other; none is near a tone of the network, and all pass the telephone band (300 to 3400 Hz).
 */
export const PHONE_TONES: readonly number[] = Array.from({ length: 54 }, (_, i) => 500 + i * 50).filter(
  (hz) => NETWORK_TONES.every((other) => Math.abs(other - hz) >= NEAREST_HZ),
);

const AMPLITUDE = 8_000;

/** Part of a sound: these tones together (none is silence) for so long. */
export interface SoundStep {
  readonly hz: readonly number[];
  readonly ms: number;
}

/** Steps that are played over and over. */
export type Sound = readonly SoundStep[];

export const SILENCE: Sound = [{ hz: [], ms: FRAME_MS }];
/** The European ringing tone. */
export const RINGBACK: Sound = [
  { hz: [425], ms: 1000 },
  { hz: [], ms: 4000 },
];
/** What networks play before "the number you have dialled...": the special information tone of ITU-T E.180. */
export const ANNOUNCEMENT: Sound = [
  { hz: [950], ms: 340 },
  { hz: [1400], ms: 340 },
  { hz: [1800], ms: 340 },
  { hz: [], ms: 1000 },
];

/** A steady tone. */
export function tone(hz: number): Sound {
  return [{ hz: [hz], ms: FRAME_MS }];
}

/** Plays a sound, frame by frame. */
export class SoundPlayer {
  #step = 0;
  #playedMs = 0;
  #sample = 0;

  constructor(private readonly sound: Sound) {}

  /** The next 20 ms. The samples may be shared with others: they are to be read only. */
  nextFrame(): Int16Array {
    const step = this.sound[this.#step];
    if (!step) return silentFrame;
    const frame = step.hz.every((hz) => hz % 50 === 0)
      ? steadyFrame(step.hz)
      : tonesFrom(step.hz, this.#sample);
    this.#sample += FRAME_SAMPLES;
    this.#playedMs += FRAME_MS;
    if (this.#playedMs >= step.ms) {
      this.#step = (this.#step + 1) % this.sound.length;
      this.#playedMs = 0;
    }
    return frame;
  }
}

const silentFrame = new Int16Array(FRAME_SAMPLES);
const steadyFrames = new Map<string, Int16Array>();

/** Tones whose periods fit into a frame make the same frame for ever. */
function steadyFrame(hz: readonly number[]): Int16Array {
  const key = hz.join('+');
  const frame = steadyFrames.get(key) ?? tonesFrom(hz, 0);
  steadyFrames.set(key, frame);
  return frame;
}

function tonesFrom(hz: readonly number[], first: number): Int16Array {
  if (hz.length === 0) return silentFrame;
  return Int16Array.from({ length: FRAME_SAMPLES }, (_, i) => {
    const at = (2 * Math.PI * (first + i)) / SAMPLES_PER_SECOND;
    return Math.round(hz.reduce((sum, one) => sum + Math.sin(at * one), 0) * (AMPLITUDE / hz.length));
  });
}
