import type { EslClock } from './clock';

/** Calls back once when it has not been touched for `timeoutMs`. */
export class Watchdog {
  private cancel: () => void = () => undefined;

  constructor(
    private readonly clock: EslClock,
    private readonly timeoutMs: number,
    private readonly onSilence: () => void,
  ) {}

  /** A sign of life: the time starts anew. */
  touch(): void {
    this.cancel();
    this.cancel = this.clock.after(this.timeoutMs, this.onSilence);
  }

  stop(): void {
    this.cancel();
  }
}
