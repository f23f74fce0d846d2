import type { Shape } from '../svg/shape';

/** One kind of evidence in the timeline: some rows with their names at the left. */
export interface Band {
  readonly title: string;
  /** px */
  readonly height: number;
  readonly names: readonly BandName[];
  /** Their `y` counts from the top of the band. */
  readonly shapes: readonly Shape[];
}

export interface BandName {
  readonly text: string;
  /** Of the line that the letters stand on. */
  readonly y: number;
  readonly isWrong?: boolean;
}

/** From one row to the next, px. */
export const ROW = 22;
export const BAR = 16;
/** From the top of a row to the line that letters in its bar stand on. */
export const BASELINE = 14;
/** Thinner than this nobody sees a bar. */
export const LEAST_BAR = 3;

/** Top of the bar in a row. */
export function barTop(row: number): number {
  return row * ROW + (ROW - BAR) / 2;
}

/** Where letters of a row stand. */
export function baseline(row: number): number {
  return row * ROW + BASELINE + 1;
}
