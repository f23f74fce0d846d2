import { PHONE_TONES } from '../../phones/media/tones';
import type { SoundName } from '../language/expectations';

/** What the sounds of the shipped configuration are made of, Hz (`freeswitch/README.md`, ITU-T E.180). */
export const SOUND_HZ: Readonly<Record<SoundName, readonly number[]>> = {
  ringing: [425],
  music: [330],
  greeting: [523, 659, 784],
  announcement: [784, 659, 523, 950, 1400, 1800],
  beep: [800],
};

const NEAREST_HZ = 40;
const ALL = [...new Set(Object.values(SOUND_HZ).flat())];

/** Tones that people can have without being taken for one of the sounds. */
export const VOICES: readonly number[] = PHONE_TONES.filter((hz) =>
  ALL.every((other) => Math.abs(other - hz) >= NEAREST_HZ),
);

/** Every tone that phones have to listen for beside voices. */
export const SOUND_TONES = ALL;
