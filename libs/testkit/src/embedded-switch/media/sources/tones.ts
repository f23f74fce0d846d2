import { SAMPLE_RATE, type Frame } from '../codec';
import { samplesOf, toFrames } from './sound-source';

/** `%(on,off,f1,f2,...)`: ms of sound, ms of silence, the frequencies in Hz. */
interface Tone {
  readonly onMs: number;
  readonly offMs: number;
  readonly hertz: readonly number[];
}

const AMPLITUDE = 8000;
/** Long enough for every cadence; a dial plan must not be able to fill the memory. */
const LONGEST_MS = 60_000;
const cache = new Map<string, readonly Frame[]>();

/**
 * The sound of a teletone script (`%(1000,4000,425)`, `%(500,500,480,620);%(...)`); other commands of the language
 * (volume, decay, DTMF letters) are skipped. One run of it; playing it again is up to the player.
 *
 * @returns undefined when there is no tone in it
 */
export function toneFrames(script: string): readonly Frame[] | undefined {
  const known = cache.get(script);
  if (known) return known;
  const tones = [...script.matchAll(/%\(([\d.,\s]{1,200})\)/g)].map(([, numbers = '']) => toneOf(numbers));
  if (tones.length === 0) return undefined;
  const frames = tones.flatMap(framesOf);
  if (cache.size < 100) cache.set(script, frames);
  return frames;
}

function toneOf(numbers: string): Tone {
  const [onMs = 0, offMs = 0, ...hertz] = numbers.split(',').map(Number);
  return { onMs: Math.min(onMs, LONGEST_MS), offMs: Math.min(offMs, LONGEST_MS), hertz };
}

function framesOf({ onMs, offMs, hertz }: Tone): Frame[] {
  const samples = new Int16Array(samplesOf(onMs) + samplesOf(offMs));
  samples.set(sine(hertz, samplesOf(onMs)));
  return toFrames(samples);
}

/** The sum of pure tones, as loud together as one. */
export function sine(hertz: readonly number[], length: number, amplitude = AMPLITUDE): Int16Array {
  const each = amplitude / Math.max(1, hertz.length);
  return Int16Array.from({ length }, (_, at) =>
    hertz.reduce((sum, frequency) => sum + each * Math.sin((2 * Math.PI * frequency * at) / SAMPLE_RATE), 0),
  );
}
