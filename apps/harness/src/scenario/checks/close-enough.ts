import { durationText } from '../language/duration';

const TOLERANCE_MS = 1_000;
/** The portal takes whole seconds, and a talk of any length as one second at least. */
const ROUNDING_MS = 600;

/**
 * Whether a length is what a scenario says, give or take a second. A busy machine makes everything longer than it was written:
 * what the phones have lived through counts as well then.
 */
export function isCloseEnough(isMs: number, writtenMs: number, trueMs: number): boolean {
  if (Math.abs(isMs - writtenMs) <= TOLERANCE_MS) return true;
  return trueMs > writtenMs && isTrueLength(isMs, trueMs);
}

/** Whether a length is what the phones have lived through. */
export function isTrueLength(isMs: number, trueMs: number): boolean {
  return Math.abs(isMs - trueMs) <= TOLERANCE_MS + ROUNDING_MS;
}

/** "4 s (the phones: 4.1 s)". */
export function lengthText(isMs: number, trueMs: number): string {
  return `${durationText(isMs)} (by the phones ${durationText(trueMs)})`;
}
