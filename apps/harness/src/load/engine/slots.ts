import type { PlannedCall } from '../plan/planned-call';

/** A call that could not be placed in time any more is not placed at all: later would be another load. */
const LATE_MS = 250;

/**
 * Calls back for each call in its slot, however long earlier ones take (an open loop). A slot that has passed unused is lost;
 * it shifts no other.
 *
 * @returns what ends it
 */
export function eachInItsSlot(plan: readonly PlannedCall[], place: (call: PlannedCall) => void): () => void {
  const beganAt = performance.now();
  const waiting = [...plan];
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    const sinceMs = performance.now() - beganAt;
    while (waiting[0] && waiting[0].atMs <= sinceMs) {
      const due = waiting.shift();
      if (due && sinceMs - due.atMs <= LATE_MS) place(due);
    }
    if (waiting[0]) timer = setTimeout(next, Math.max(1, waiting[0].atMs - (performance.now() - beganAt)));
  };
  next();
  return () => {
    clearTimeout(timer);
    waiting.length = 0;
  };
}
