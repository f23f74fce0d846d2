/** Time as an argument, so that a test need not wait for it. */
export interface EslClock {
  /** Milliseconds on a scale that only goes forward. */
  now(): number;
  /** Runs the function once after that many milliseconds; the returned function takes it back. */
  after(ms: number, run: () => void): () => void;
}

/** The time of this machine. Monotonic, so a corrected wall clock fires no watchdog. */
export const systemClock: EslClock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
