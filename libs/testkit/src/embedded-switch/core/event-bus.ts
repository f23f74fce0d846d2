import type { EventRecord } from '../../captured-calls/captured-event';
import type { ReplayClock } from '../../replay-switch/clock';
import { ChannelTable } from '../../replay-switch/state/channel-table';
import { eventHead, type SwitchIdentity } from '../../replay-switch/state/own-events';
import { eventSource } from './event-sources';

/** Who gets the events. */
export interface EventListener {
  /** Whether anybody wants events of that name; building one costs time. */
  hears(name: string, subclass?: string): boolean;
  happened(record: EventRecord, doubledKeys: readonly string[]): void;
}

/** Every event of one life of the switch passes here: it is numbered, and told to everybody who listens. */
export class EventBus {
  /** What `show channels` knows. */
  readonly table = new ChannelTable();
  readonly #listeners = new Set<EventListener>();
  #sequence = 0;

  constructor(
    readonly identity: SwitchIdentity,
    private readonly clock: ReplayClock,
  ) {}

  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Nobody listens any more. */
  mute(): void {
    this.#listeners.clear();
  }

  isHeard(name: string, subclass?: string): boolean {
    for (const listener of this.#listeners) if (listener.hears(name, subclass)) return true;
    return false;
  }

  /** Lets an event happen; gives it as it was sent. */
  fire(name: string, headers: EventRecord, doubledKeys: readonly string[] = []): EventRecord {
    const subclass = headers['Event-Subclass'];
    const source = eventSource(name, typeof subclass === 'string' ? subclass : undefined);
    return this.#publish({ ...this.head(name), ...source, ...this.#number(), ...headers }, doubledKeys);
  }

  /** Lets an event happen that was made elsewhere; it gets its number here. */
  fireMade(record: EventRecord): EventRecord {
    return this.#publish({ ...record, ...this.#number() }, []);
  }

  #publish(record: EventRecord, doubledKeys: readonly string[]): EventRecord {
    this.table.apply(record);
    this.#listeners.forEach((listener) => listener.happened(record, doubledKeys));
    return record;
  }

  /** What every event begins with. */
  head(name: string): EventRecord {
    return eventHead(name, this.identity, this.clock.now());
  }

  nextSequence(): string {
    this.#sequence += 1;
    return String(this.#sequence);
  }

  #number(): EventRecord {
    return { 'Event-Sequence': this.nextSequence() };
  }
}
