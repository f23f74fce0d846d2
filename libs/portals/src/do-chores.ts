import { PortalError } from '@app/bitrix24';
import type { Chore, ChoreStore } from '@app/store';

/** What is done again and again. */
export interface ChoreTask {
  /**
   * Does it, and notes down when to do it next if it knows better than `everyMs`.
   *
   * @returns what is wrong though it was done, for people
   * @throws PortalError, StoreError
   */
  run(portalId: string): Promise<string | undefined>;
  /** Between two times, ms; undefined: the task notes it down itself. */
  readonly everyMs?: number;
}

/** Again after what a person has to mend, or after tries that were used up. */
const PUT_OFF_MS = 15 * 60_000;

/** Does the chores of portals, and notes down how they went. */
export class DoChores {
  constructor(
    private readonly chores: Pick<ChoreStore, 'done' | 'putOff'>,
    private readonly tasks: Readonly<Record<Chore, ChoreTask>>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Does one. Throws what passes soon: the queue tries again. */
  async run(portalId: string, chore: Chore): Promise<'done' | 'put-off'> {
    const { everyMs } = this.tasks[chore];
    try {
      const problem = await this.tasks[chore].run(portalId);
      if (everyMs !== undefined)
        await this.chores.done(portalId, chore, { afterMs: spread(everyMs), problem });
      return 'done';
    } catch (error) {
      const waitMs = error instanceof PortalError ? this.#waitOf(error) : undefined;
      if (waitMs === undefined) throw error;
      await this.putOff(portalId, chore, error, waitMs);
      return 'put-off';
    }
  }

  /** It could not be done, and nobody tries any more for now. Throws StoreError. */
  async putOff(portalId: string, chore: Chore, error: unknown, afterMs = PUT_OFF_MS): Promise<void> {
    const problem = error instanceof Error ? error.message : String(error);
    await this.chores.putOff(portalId, chore, { afterMs, problem });
  }

  /** Undefined: the queue's delays are long enough. */
  #waitOf({ verdict, until }: PortalError): number | undefined {
    if (verdict === 'wait-until') return until === undefined ? PUT_OFF_MS : Math.max(0, until - this.now());
    return verdict === 'ask-a-person' || verdict === 'give-up' ? PUT_OFF_MS : undefined;
  }
}

/** Not all portals at once, for ever. */
function spread(ms: number): number {
  return ms * (0.75 + Math.random() / 2);
}
