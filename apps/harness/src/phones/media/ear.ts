import { levelDb, meanEnergy, toneShare } from './goertzel';
import { FRAME_MS, FRAME_SAMPLES } from './tones';

/** A tone that was heard; `toMs` is missing while it still is. Moments are milliseconds since 1970. */
export interface HeardTone {
  readonly hz: number;
  readonly fromMs: number;
  readonly toMs?: number;
}

/** `no-audio`: no packets come; `silence`: they come, and nothing is in them. */
export type SoundState = 'no-audio' | 'silence' | 'sound';

export type EarChange =
  | { readonly kind: 'tone'; readonly hz: number; readonly at: number }
  | { readonly kind: 'tone-over'; readonly hz: number; readonly at: number; readonly lastedMs: number }
  | { readonly kind: SoundState; readonly at: number };

/** Two frames: fine enough to tell tones 25 Hz apart, short enough to say when. */
const BLOCK_SAMPLES = 2 * FRAME_SAMPLES;
const BLOCK_MS = 2 * FRAME_MS;
/** A tone with less of the block's energy is noise, or the leakage of another. */
const LEAST_SHARE = 0.15;
/** Tones so near are one tone: the stronger. */
const SAME_TONE_HZ = 30;
/** Softer than this is silence, dBov: a telephone's idle noise is below -60. */
const SILENCE_DB = -55;
const BLOCKS_TO_BEGIN = 2;
const BLOCKS_TO_END = 3;
/** Speech and ringing have pauses; only a longer one is silence. */
const SILENT_AFTER_MS = 500;
const NO_AUDIO_AFTER_MS = 500;

/** Something heard in `inARow` blocks, or missing for `missing` blocks. */
interface Candidate {
  readonly hz: number;
  inARow: number;
  missing: number;
  fromMs: number;
  isOn: boolean;
}

/**
 * Listens to one call: which tones, since when, and whether there is silence or nothing at all.
 *
 * It looks for known tones only. A tone begins after two blocks of 40 ms that have it and ends after three that do not;
 * what it reports is the true beginning and end. The trade: tones shorter than 80 ms are not heard.
 */
export class Ear {
  readonly #block = new Int16Array(BLOCK_SAMPLES);
  #filled = 0;
  readonly #candidates = new Map<number, Candidate>();
  readonly #over: HeardTone[] = [];
  #state: SoundState = 'no-audio';
  #levelDb = -Infinity;
  #lastAudioAt = -Infinity;
  #lastSoundAt = -Infinity;

  constructor(
    private readonly tones: readonly number[],
    private readonly onChange: (change: EarChange) => void,
  ) {}

  get state(): SoundState {
    return this.#state;
  }

  /** Of the last 40 ms, dBov: 0 is the loudest possible, -Infinity nothing. */
  get levelDb(): number {
    return this.#state === 'no-audio' ? -Infinity : this.#levelDb;
  }

  /** Tones heard at this moment, Hz. */
  get tonesNow(): readonly number[] {
    return [...this.#candidates.values()].filter(({ isOn }) => isOn).map(({ hz }) => hz);
  }

  /** All tones heard so far, those that still last at the end. */
  get heard(): readonly HeardTone[] {
    const lasting = [...this.#candidates.values()].filter(({ isOn }) => isOn);
    return [...this.#over, ...lasting.map(({ hz, fromMs }) => ({ hz, fromMs }))];
  }

  /** Samples that have arrived. */
  hear(samples: Int16Array, at: number): void {
    this.#lastAudioAt = at;
    for (let taken = 0; taken < samples.length;) {
      const part = samples.subarray(taken, taken + BLOCK_SAMPLES - this.#filled);
      this.#block.set(part, this.#filled);
      this.#filled += part.length;
      taken += part.length;
      if (this.#filled === BLOCK_SAMPLES) this.#hearBlock(at);
    }
  }

  /**
   * Time has passed, with or without samples. To be called about every 20 ms; what passed while nobody listened (`sleptMs`)
   * is no silence.
   */
  tick(at: number, sleptMs = 0): void {
    this.#lastAudioAt += sleptMs;
    this.#lastSoundAt += sleptMs;
    if (this.#state === 'no-audio' || at - this.#lastAudioAt < NO_AUDIO_AFTER_MS) return;
    this.#filled = 0;
    for (const candidate of [...this.#candidates.values()]) this.#end(candidate, this.#lastAudioAt);
    this.#enter('no-audio', at);
  }

  #hearBlock(at: number): void {
    this.#filled = 0;
    const energy = meanEnergy(this.#block);
    this.#levelDb = levelDb(energy);
    const isLoud = this.#levelDb > SILENCE_DB;
    if (isLoud) this.#lastSoundAt = at;
    this.#follow(isLoud ? this.#tonesIn(energy) : [], at);
    if (isLoud) this.#enter('sound', at);
    else if (this.#state === 'no-audio') this.#lastSoundAt = at - SILENT_AFTER_MS;
    if (!isLoud && at - this.#lastSoundAt >= SILENT_AFTER_MS) this.#enter('silence', at);
  }

  /** A steady tone is found at the first look: the ones heard last are tried first, and mostly are all there is. */
  #tonesIn(energy: number): number[] {
    const shareOf = (hz: number) => ({ hz, share: toneShare(this.#block, hz, energy) });
    const known = [...this.#candidates.keys()].map(shareOf);
    const isAll = known.reduce((sum, { share }) => sum + share, 0) > 1 - LEAST_SHARE / 2;
    const shares = isAll ? known : this.tones.map(shareOf);
    return shares
      .filter(({ share }) => share >= LEAST_SHARE)
      .sort((a, b) => b.share - a.share)
      .filter(({ hz }, i, all) => all.slice(0, i).every((louder) => Math.abs(louder.hz - hz) >= SAME_TONE_HZ))
      .map(({ hz }) => hz);
  }

  #follow(present: readonly number[], at: number): void {
    for (const hz of present) {
      const candidate = this.#candidates.get(hz) ?? this.#newCandidate(hz, at - BLOCK_MS);
      candidate.inARow += 1;
      candidate.missing = 0;
      if (!candidate.isOn && candidate.inARow >= BLOCKS_TO_BEGIN) {
        candidate.isOn = true;
        this.onChange({ kind: 'tone', hz, at: candidate.fromMs });
      }
    }
    for (const candidate of [...this.#candidates.values()]) {
      if (present.includes(candidate.hz)) continue;
      candidate.inARow = 0;
      candidate.missing += 1;
      const endAfter = candidate.isOn ? BLOCKS_TO_END : 1;
      if (candidate.missing >= endAfter) this.#end(candidate, at - candidate.missing * BLOCK_MS);
    }
  }

  #newCandidate(hz: number, fromMs: number): Candidate {
    const candidate: Candidate = { hz, inARow: 0, missing: 0, fromMs, isOn: false };
    this.#candidates.set(hz, candidate);
    return candidate;
  }

  #end({ hz, isOn, fromMs }: Candidate, toMs: number): void {
    this.#candidates.delete(hz);
    if (!isOn) return;
    this.#over.push({ hz, fromMs, toMs });
    this.onChange({ kind: 'tone-over', hz, at: toMs, lastedMs: toMs - fromMs });
  }

  #enter(state: SoundState, at: number): void {
    if (state === this.#state) return;
    this.#state = state;
    this.onChange({ kind: state, at });
  }
}
