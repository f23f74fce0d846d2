import type { Channel } from '../core';
import type { FifoLine } from '../config';
import { MemberState } from './member-state';

/** A caller in a line, as he was when he came. */
export interface Waiting {
  readonly channel: Channel;
  readonly isVip: boolean;
  readonly skill: string | undefined;
}

/** fifo_priority 0 to 9; 0 is served first. */
export const SLOTS = 10;

/** One waiting line of mod_fifo: who waits, who serves, who may be called (fifo_node). */
export class Line {
  readonly importance: number;
  readonly outboundName: string;
  /** 0 = all of them. */
  readonly membersPerCaller: number;
  readonly retrySeconds: number;
  readonly members: readonly MemberState[];
  /** Who has dialled to serve it, and waits or talks. */
  readonly consumers = new Set<Channel>();
  /** For how many callers members are being called. */
  ringing = 0;
  /** Epoch ms since which it has not been empty; 0 = it is. */
  waitingSince = 0;
  readonly #slots: Waiting[][] = Array.from({ length: SLOTS }, () => []);

  constructor(
    readonly name: string,
    settings: Partial<FifoLine> = {},
  ) {
    this.importance = settings.importance ?? 0;
    this.outboundName = settings.outboundName ?? '';
    this.membersPerCaller = settings.membersPerCaller ?? 1;
    this.retrySeconds = settings.retrySeconds ?? 0;
    this.members = (settings.members ?? []).map((member) => new MemberState(member));
  }

  get waiting(): number {
    return this.#slots.flat().length;
  }

  get idleConsumers(): number {
    return [...this.consumers].filter((consumer) => !consumer.has('BRIDGED')).length;
  }

  /** @returns how many wait in the slot now: his place */
  push(channel: Channel, slot: number): number {
    const { variables, core } = channel;
    if (this.waiting === 0) this.waitingSince = core.clock.now();
    return this.#slots[slot]!.push({
      channel,
      isVip: variables.get('fifo_vip') === 'true',
      skill: variables.get('fifo_skill'),
    });
  }

  /** The first one who fits, in the order of the slots; he stays. */
  find(fits: (waiting: Waiting) => boolean, slots?: readonly number[]): Channel | undefined {
    const order = slots ?? this.#slots.keys();
    return [...order].flatMap((slot) => this.#slots[slot] ?? []).find(fits)?.channel;
  }

  /** He goes; those behind him move up. */
  remove(channel: Channel): void {
    for (const slot of this.#slots) {
      const at = slot.findIndex((waiting) => waiting.channel === channel);
      if (at < 0) continue;
      slot.splice(at, 1);
      slot.slice(at).forEach((waiting, index) => {
        waiting.channel.variables.set('fifo_position', String(at + index + 1));
      });
    }
    if (this.waiting === 0) this.waitingSince = 0;
  }

  /** All of them, with their slots. */
  list(): readonly (readonly [slot: number, channel: Channel])[] {
    return this.#slots.flatMap((slot, number) => slot.map(({ channel }) => [number, channel] as const));
  }
}
