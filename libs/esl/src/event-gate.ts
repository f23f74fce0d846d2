import type { EslEvent } from './esl-event';

/** Events held back before reading stops: about 50 MB at the 10 KB of a full event. */
export const MAX_HELD_EVENTS = 5_000;

/** The connection the events come from. */
export interface EventFlow {
  pause(): void;
  resume(): void;
}

/**
 * Holds events back, in order, until the application has read the state of the switch. When too many pile up it stops
 * reading instead of dropping: the switch queues up to 100 000 events for us, and none may be lost.
 */
export class EventGate {
  private held: EslEvent[] | undefined = [];

  constructor(
    private readonly deliver: (event: EslEvent) => void,
    private readonly flow: EventFlow,
    private readonly limit = MAX_HELD_EVENTS,
  ) {}

  /** True while reading is stopped because too many events are held. */
  get isFull(): boolean {
    return (this.held?.length ?? 0) >= this.limit;
  }

  accept(event: EslEvent): void {
    if (!this.held) {
      this.deliver(event);
      return;
    }
    this.held.push(event);
    if (this.isFull) this.flow.pause();
  }

  /** Delivers what was held and lets everything pass from now on. */
  release(): void {
    const wasFull = this.isFull;
    const held = this.held ?? [];
    this.held = undefined;
    for (const event of held) this.deliver(event);
    if (wasFull) this.flow.resume();
  }
}
