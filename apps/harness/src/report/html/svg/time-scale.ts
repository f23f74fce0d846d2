/** Where moments are in a picture whose time goes from left to right. */
export interface TimeScale {
  readonly fromMs: number;
  readonly toMs: number;
  /** Of the picture, px; labels of what ends last have room right of it. */
  readonly width: number;
  x(ms: number): number;
  /** Round moments with their places, not nearer to each other than a label is wide. */
  readonly ticks: readonly { readonly ms: number; readonly x: number; readonly label: string }[];
}

const LEAST_WIDTH = 1000;
const MOST_WIDTH = 3000;
/** Long scenarios get a wider picture, so that a ring of a second can still be seen. */
const PX_PER_SECOND = 45;
const MARGIN_LEFT = 10;
const MARGIN_RIGHT = 130;
const LEAST_TICK_PX = 70;
const TICK_STEPS_MS = [
  10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  3_600_000,
];

/** A scale for all these moments; nothing lies outside of it. */
export function timeScale(moments: readonly number[]): TimeScale {
  const fromMs = moments.reduce((least, moment) => Math.min(least, moment), 0);
  const toMs = Math.max(
    fromMs + 1,
    moments.reduce((most, moment) => Math.max(most, moment), 0),
  );
  const width = Math.round(
    Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, ((toMs - fromMs) / 1000) * PX_PER_SECOND)),
  );
  const pxPerMs = (width - MARGIN_LEFT - MARGIN_RIGHT) / (toMs - fromMs);
  const x = (ms: number): number => MARGIN_LEFT + (ms - fromMs) * pxPerMs;
  return { fromMs, toMs, width, x, ticks: ticksFor(fromMs, toMs, pxPerMs, x) };
}

function ticksFor(
  fromMs: number,
  toMs: number,
  pxPerMs: number,
  x: (ms: number) => number,
): TimeScale['ticks'] {
  const longest = TICK_STEPS_MS.at(-1) ?? 1000;
  const fit = TICK_STEPS_MS.find((step) => step * pxPerMs >= LEAST_TICK_PX);
  // Beyond the list (a run of days): as many of the longest as it takes.
  const step = fit ?? longest * Math.ceil(LEAST_TICK_PX / (longest * pxPerMs));
  const decimals = step < 100 ? 2 : step < 1000 ? 1 : 0;
  const first = Math.ceil(fromMs / step);
  const count = Math.floor(toMs / step) - first + 1;
  return Array.from({ length: count }, (_, i) => {
    const ms = (first + i) * step;
    return { ms, x: x(ms), label: `${(ms / 1000).toFixed(decimals)} s` };
  });
}
