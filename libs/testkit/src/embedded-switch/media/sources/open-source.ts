import { FRAME_MS } from '../codec';
import { musicFrames } from './music';
import { framesSource, samplesOf, toFrames, type SoundSource } from './sound-source';
import { sine, toneFrames } from './tones';
import { wavFrames } from './wav-frames';

/** What a sound file that this machine does not have sounds like: a tone of a second. */
const STAND_IN = { hertz: 300, ms: 1000 };

/**
 * Opens what `playback` names: `tone_stream://`, `silence_stream://`, `local_stream://` and other music, a WAV file. A
 * switch on a bare machine has no sound files, so a missing one is played as a tone.
 *
 * @returns undefined when the words make no sense
 */
export async function openSource(path: string): Promise<SoundSource | undefined> {
  const [, scheme = '', rest = ''] = /^([a-z_]+):\/\/(.*)$/s.exec(path) ?? [];
  switch (scheme) {
    case 'tone_stream':
      return toneSource(rest);
    case 'silence_stream':
      return silence(Number(rest.split(',')[0]));
    case 'local_stream':
      return framesSource(musicFrames(), -1);
    default:
      return framesSource(
        (await wavFrames(path)) ?? toFrames(sine([STAND_IN.hertz], samplesOf(STAND_IN.ms))),
      );
  }
}

/** `%(...);loops=3`: once unless told, -1 = for ever. */
function toneSource(script: string): SoundSource | undefined {
  const loops = /;loops=(-?\d{1,6})/.exec(script)?.[1];
  const frames = toneFrames(script.replace(/;loops=-?\d+/, ''));
  return frames && framesSource(frames, loops === undefined ? 1 : Number(loops));
}

/** -1 = for ever. */
function silence(ms: number): SoundSource {
  const frames = toFrames(new Int16Array(samplesOf(FRAME_MS)));
  return framesSource(frames, ms < 0 ? -1 : Math.max(1, Math.round(ms / FRAME_MS)));
}
