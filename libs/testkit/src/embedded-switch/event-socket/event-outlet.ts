import type { EventRecord } from '../../captured-calls/captured-event';
import type { ReplayClock } from '../../replay-switch/clock';
import type { OutgoingEvent } from '../../replay-switch/socket/encode-event';

/** The way of the events to the clients; a test can make it slow, or stop it for a while. */
export class EventOutlet {
  readonly #waiting: OutgoingEvent[] = [];
  #delayMs = 0;
  #isHeld = false;
  #callOff: (() => void) | undefined;

  constructor(
    private readonly send: (event: OutgoingEvent) => void,
    private readonly clock: ReplayClock,
  ) {}

  put(record: EventRecord, doubledKeys: readonly string[]): void {
    const event = { record, doubledKeys };
    if (this.#delayMs === 0 && !this.#isHeld && this.#waiting.length === 0) {
      this.send(event);
      return;
    }
    this.#waiting.push(event);
    this.#schedule();
  }

  /** Every event leaves that much later than it could; 0 = at once. Their order stays. */
  set delayMs(ms: number) {
    this.#delayMs = ms;
    this.#schedule();
  }

  /** While held nothing leaves; all of it does afterwards. */
  set isHeld(isHeld: boolean) {
    this.#isHeld = isHeld;
    this.#schedule();
  }

  /** What still waits is lost. */
  stop(): void {
    this.#callOff?.();
    this.#waiting.length = 0;
  }

  #schedule(): void {
    if (this.#isHeld || this.#callOff || this.#waiting.length === 0) return;
    if (this.#delayMs === 0) {
      this.#waiting.splice(0).forEach((event) => this.send(event));
      return;
    }
    this.#callOff = this.clock.after(this.#delayMs, () => {
      this.#callOff = undefined;
      const next = this.#waiting.shift();
      if (next) this.send(next);
      this.#schedule();
    });
  }
}
