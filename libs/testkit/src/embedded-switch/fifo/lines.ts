import type { FifoSettings } from '../config';
import { Signal, type Cause, type Channel } from '../core';
import { Line } from './line';
import type { MemberState } from './member-state';

/** Members who are being called for a caller; it can be called off. */
export class Round {
  readonly news = new Signal();
  #calledOff: Cause | undefined;

  get calledOff(): Cause | undefined {
    return this.#calledOff;
  }

  callOff(cause: Cause): void {
    this.#calledOff ??= cause;
    this.news.notify();
  }
}

/** All that mod_fifo knows: its lines, and who is busy in them. */
export class Lines {
  /** Who waits and has not been taken yet (FIFO_APP_BRIDGE_TAG). */
  readonly inLine = new Set<Channel>();
  /** Callers for whom members ring. */
  readonly rounds = new Map<Channel, Round>();
  /** Members who ring, by their id. */
  readonly ringing = new Map<string, Round>();
  /** Members and legs that talk (fifo_check_bridge). */
  readonly talking = new Set<string>();
  readonly #lines = new Map<string, Line>();
  readonly #uses = new Map<string, number>();

  constructor({ lines }: FifoSettings) {
    for (const line of lines) this.#lines.set(line.name, new Line(line.name, line));
  }

  get all(): readonly Line[] {
    return [...this.#lines.values()];
  }

  known(name: string): Line | undefined {
    return this.#lines.get(name);
  }

  /** A line that nobody has configured comes to be when it is used. */
  get(name: string, importance = 0): Line {
    const line = this.#lines.get(name) ?? new Line(name, { importance });
    this.#lines.set(name, line);
    return line;
  }

  /** He has been taken, or has gone. */
  leave(channel: Channel): void {
    this.inLine.delete(channel);
    channel.poke();
  }

  /** The same member, in every line that he belongs to. */
  members(id: string): readonly MemberState[] {
    return this.all.flatMap(({ members }) => members.filter((member) => member.id === id));
  }

  uses(id: string): number {
    return this.#uses.get(id) ?? 0;
  }

  /** A member begins (1) or ends (-1) a talk. */
  use(id: string, by: 1 | -1): void {
    this.#uses.set(id, Math.max(0, this.uses(id) + by));
  }
}
