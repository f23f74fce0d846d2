import type { QueueSettings } from '../config';

/** Whether a member may go on to the next tier already (agents_callback in mod_callcenter.c). */
export class TierRule {
  #level = 0;
  #askedOnLevel = 0;

  /** @param waitedSeconds since the member came */
  constructor(
    private readonly rules: QueueSettings['tierRules'],
    private readonly waitedSeconds: number,
  ) {}

  /** Asked for each agent in order of their levels; false = nobody from here on. */
  mayAsk(level: number): boolean {
    const { areApplied, skipsEmptyTiers } = this.rules;
    if (areApplied && level > this.#level) {
      const isEmpty = skipsEmptyTiers && this.#askedOnLevel === 0;
      if (!isEmpty && !this.#hasWaited(level)) return false;
      this.#level = level;
      if (!isEmpty) this.#askedOnLevel = 0;
    }
    this.#askedOnLevel += 1;
    return true;
  }

  #hasWaited(level: number): boolean {
    const { waitSeconds, multipliesByLevel } = this.rules;
    return this.waitedSeconds >= (multipliesByLevel ? level : 1) * waitSeconds;
  }
}
