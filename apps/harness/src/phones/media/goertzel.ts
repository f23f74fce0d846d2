import { SAMPLES_PER_SECOND } from './g711';

/** Mean energy of the samples; 0 for none. */
export function meanEnergy(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : sum / samples.length;
}

/**
 * The part of the sound's energy that is at one frequency, by Goertzel's algorithm: 1 = a pure tone, 0 = not there.
 * Two frequencies whose distance is a multiple of the block's resolution (25 Hz for 40 ms) do not disturb each other.
 *
 * @param energy mean energy of the same samples ({@link meanEnergy})
 */
export function toneShare(samples: Int16Array, hz: number, energy = meanEnergy(samples)): number {
  if (energy === 0) return 0;
  const turn = 2 * Math.cos((2 * Math.PI * hz) / SAMPLES_PER_SECOND);
  let before = 0;
  let last = 0;
  for (const sample of samples) {
    const next = sample + turn * last - before;
    before = last;
    last = next;
  }
  const power = last * last + before * before - turn * last * before;
  return Math.min(1, (2 * power) / (samples.length * samples.length * energy));
}

/** How loud, in dB below the loudest square wave (dBov); -Infinity for nothing. */
export function levelDb(energy: number): number {
  return 10 * Math.log10(energy / 32_768 ** 2);
}
