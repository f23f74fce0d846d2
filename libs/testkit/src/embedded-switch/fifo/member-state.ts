import type { FifoMember } from '../config';

/** Somebody who can be called for a line, and what he is doing (a row of fifo_outbound). Moments are epoch seconds. */
export class MemberState {
  talks = 0;
  rings = 0;
  answered = 0;
  /** How often in a row he did not answer. */
  failed = 0;
  nextAt = 0;

  constructor(readonly settings: FifoMember) {}

  get id(): string {
    return this.settings.id;
  }

  mayRing(now: number): boolean {
    return this.talks + this.rings < this.settings.calls && this.nextAt <= now;
  }

  beginTalk(): void {
    this.talks += 1;
    this.failed = 0;
  }

  endTalk(now: number): void {
    this.talks = Math.max(0, this.talks - 1);
    this.#restFrom(now);
  }

  hasNotAnswered(now: number): void {
    this.failed += 1;
    this.#restFrom(now);
  }

  #restFrom(now: number): void {
    this.nextAt = now + this.settings.lagSeconds + 1;
  }
}

/** In the order in which they ring: who could first, then who has failed and answered least. */
export function inRingingOrder(members: readonly MemberState[]): MemberState[] {
  return [...members].sort((a, b) => a.nextAt - b.nextAt || a.failed - b.failed || a.answered - b.answered);
}
