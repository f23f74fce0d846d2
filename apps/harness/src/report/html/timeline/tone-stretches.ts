import type { AudioCheckRecord } from '../../evidence';

/** Tones that are heard together, while nothing changes. */
export interface ToneStretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly hz: readonly number[];
}

/** What was heard from one change to the next, within what was judged; where there was no tone nothing. */
export function toneStretches({ tones, fromMs, toMs }: AudioCheckRecord): ToneStretch[] {
  const inside = tones
    .map(({ hz, ...tone }) => ({
      hz,
      fromMs: Math.max(fromMs, tone.fromMs),
      toMs: Math.min(toMs, tone.toMs ?? toMs),
    }))
    .filter((tone) => tone.toMs > tone.fromMs);
  const changes = [...new Set(inside.flatMap((tone) => [tone.fromMs, tone.toMs]))].sort((a, b) => a - b);
  return changes.slice(0, -1).flatMap((change, index) => {
    const next = changes[index + 1] ?? toMs;
    const heard = inside.filter((tone) => tone.fromMs <= change && tone.toMs >= next).map(({ hz }) => hz);
    return heard.length === 0 ? [] : [{ fromMs: change, toMs: next, hz: heard }];
  });
}
