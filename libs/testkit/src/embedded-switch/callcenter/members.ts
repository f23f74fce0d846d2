import type { EventRecord } from '../../captured-calls/captured-event';
import type { Cause, SwitchCore } from '../core';
import type { Member } from './member';

/** How long somebody who gave up is listed (discard-abandoned-after, its default). */
const DISCARD_SECONDS = 60;

/** Everybody who is in a queue, talks with an agent of it, or has given up (table members of mod_callcenter.c). */
export class Members {
  #members: Member[] = [];

  constructor(
    private readonly core: SwitchCore,
    private readonly tell: (headers: EventRecord) => void,
  ) {}

  get all(): readonly Member[] {
    return this.#members;
  }

  add(member: Member): void {
    this.#members.push(member);
  }

  remove(member: Member): void {
    this.#members = this.#members.filter((each) => each !== member);
  }

  /** Forgets who gave up long ago. @param now epoch seconds */
  discard(now: number): void {
    this.#members = this.#members.filter(
      ({ state, abandonedAt }) => state !== 'Abandoned' || abandonedAt + DISCARD_SECONDS >= now,
    );
  }

  /** Whose turn it is: who has waited longest comes first. @param now epoch seconds */
  toBeServed(now: number): readonly Member[] {
    const score = ({ joinedAt, baseScore }: Member): number => now - joinedAt + baseScore;
    return this.#members.filter((each) => each.isToBeServed).sort((a, b) => score(b) - score(a));
  }

  /** Tells how many wait in a queue. */
  count(queue: string): void {
    const waiting = this.#members.filter((each) => each.queue.name === queue && each.isWaiting);
    this.tell({
      'CC-Queue': queue,
      'CC-Action': 'members-count',
      'CC-Count': String(waiting.length),
      'CC-Selection': 'Single-Queue',
    });
  }

  /** Ends all phones that still ring for a member. */
  stopRinging({ uuid }: Member, cause: Cause): void {
    for (const channel of this.core.channels) {
      if (channel.variables.get('cc_member_pre_answer_uuid') === uuid) this.core.hangUp(channel, cause);
    }
  }

  /** Whether his channel is one of this life of the switch, and has not hung up. */
  isPresent({ channel }: Member): boolean {
    return this.core.locate(channel.uuid) === channel;
  }
}
