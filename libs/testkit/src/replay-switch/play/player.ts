import type { Capture, CapturedEvent, CaptureMarker, EventRecord } from '../../captured-calls/captured-event';
import type { ReplayClock } from '../clock';

/** What a player does with what it plays. */
export interface Stage {
  /** Sends one event and gives it as it was sent; undefined when this one is left out. */
  event(event: CapturedEvent): EventRecord | undefined;
  /** The connection was lost, came back, or a frame that is no event arrived. */
  marker(marker: CaptureMarker): Promise<void>;
  /** Resolves when the clients have taken what was sent. */
  drained(): Promise<void>;
}

export interface Pace {
  /** 1 = as captured, 10 = ten times as fast, Infinity = as fast as the sockets take it. */
  readonly speed: number;
  /** The play pauses after an event for which this is true; it is shown the event as sent. */
  readonly pauseAfter?: (record: EventRecord) => boolean;
}

/** What became of a play. */
export interface PlayReport {
  readonly eventsSent: number;
  /** True when a restart or the end of the switch cut it off. */
  readonly cut: boolean;
}

/** So many lines in a row, then others (commands, timers) get their turn. */
const LINES_PER_TURN = 64;

/**
 * Plays one capture, in the order of arrival and with its pauses.
 *
 * Modes: playing -> paused by `pause()`, with the time standing still -> playing by `resume()`; cut by `cut()`, from
 * where there is no way back.
 */
export class Player {
  #eventsSent = 0;
  /** Clock time at which the capture began, moved on by every pause. */
  #startedAt: number;
  #pausedAt: number | undefined;
  #isCut = false;
  #wake: () => void = () => undefined;

  constructor(
    private readonly capture: Capture,
    private readonly pace: Pace,
    private readonly clock: ReplayClock,
    private readonly stage: Stage,
  ) {
    this.#startedAt = clock.now();
  }

  pause(): void {
    this.#pausedAt ??= this.clock.now();
    this.#wake();
  }

  resume(): void {
    if (this.#pausedAt === undefined) return;
    this.#startedAt += this.clock.now() - this.#pausedAt;
    this.#pausedAt = undefined;
    this.#wake();
  }

  cut(): void {
    this.#isCut = true;
    this.#wake();
  }

  /** Plays to the end. */
  async run(): Promise<PlayReport> {
    let lines = 0;
    for (const line of this.capture.timeline) {
      await this.#due(line.receivedAtMs);
      if (this.#isCut) break;
      if (line.kind === 'marker') await this.stage.marker(line);
      else this.#send(line);
      lines += 1;
      if (lines % LINES_PER_TURN === 0) await this.#othersTurn();
    }
    return { eventsSent: this.#eventsSent, cut: this.#isCut };
  }

  #send(event: CapturedEvent): void {
    const sent = this.stage.event(event);
    if (!sent) return;
    this.#eventsSent += 1;
    if (this.pace.pauseAfter?.(sent) === true) this.pause();
  }

  /** Waits for the line's moment, and as long as the play is paused. */
  async #due(receivedAtMs: number): Promise<void> {
    const offset = (receivedAtMs - (this.capture.timeline[0]?.receivedAtMs ?? 0)) / this.pace.speed;
    while (!this.#isCut) {
      if (this.#pausedAt !== undefined) {
        await this.#sleep(undefined);
      } else {
        const wait = this.#startedAt + offset - this.clock.now();
        if (wait <= 0) return;
        await this.#sleep(wait);
      }
    }
  }

  /** Until `ms` have passed, or somebody wakes the player. */
  async #sleep(ms: number | undefined): Promise<void> {
    let cancel: () => void = () => undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (ms !== undefined) cancel = this.clock.after(ms, resolve);
    });
    cancel();
    this.#wake = () => undefined;
  }

  /** Only the fastest play waits for its clients; the others keep to the clock, as a real switch does. */
  async #othersTurn(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (this.pace.speed === Infinity) await this.stage.drained();
  }
}
