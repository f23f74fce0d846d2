/** A length for people: "35 ms", "1.2 s", "3 min 5 s". */
export function lengthText(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A moment on the axis of a scenario, in seconds: "2.345". */
export function momentText(ms: number): string {
  return (ms / 1000).toFixed(3);
}
