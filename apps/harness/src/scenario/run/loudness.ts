import type { PhoneCall } from '../../phones';
import type { Handset } from './handset';

/** What one entry stands for. */
export const BLOCK_MS = 100;
/** Nothing can be softer. */
const SILENCE_DB = -90;

interface Series {
  /** Epoch ms. */
  readonly from: number;
  readonly levelsDb: (number | null)[];
}

/** Keeps how loud everything was that phones heard, ten times a second: for pictures. */
export class Loudness {
  readonly #series = new Map<PhoneCall, Series>();
  readonly #timer: NodeJS.Timeout;

  constructor(handsets: () => readonly Handset[]) {
    const look = (): void => {
      for (const call of handsets().flatMap(({ openCalls }) => openCalls)) this.#note(call);
    };
    this.#timer = setInterval(look, BLOCK_MS);
    this.#timer.unref();
  }

  /** Levels in dBov from a moment on; null: no packets came. */
  between(call: PhoneCall, from: number, to: number): (number | null)[] {
    const series = this.#series.get(call);
    if (!series) return [];
    const index = (at: number): number => Math.max(0, Math.round((at - series.from) / BLOCK_MS));
    return series.levelsDb.slice(index(from), index(to) + 1);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #note(call: PhoneCall): void {
    const series = this.#series.get(call) ?? { from: Date.now(), levelsDb: [] };
    this.#series.set(call, series);
    // A busy machine leaves ticks out: the series stays in step with the clock.
    const due = Math.round((Date.now() - series.from) / BLOCK_MS) + 1;
    const { state, levelDb } = call.audio;
    const level = state === 'no-audio' ? null : Math.max(SILENCE_DB, Math.round(levelDb * 10) / 10);
    while (series.levelsDb.length < due) series.levelsDb.push(level);
  }
}
