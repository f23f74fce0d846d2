/** This moment: milliseconds since 1970 with fractions. Never goes back, so durations may be taken from two of them. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
