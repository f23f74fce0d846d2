import { PortalError } from '@app/bitrix24';
import type { PortalStore, SetUpStore } from '@app/store';

/** A part of what a portal needs before calls work in it. Harmless to repeat. */
export interface SetUpStep {
  /** For people: `external lines`. */
  readonly name: string;
  /**
   * Does it.
   *
   * @returns what is wrong though it was done, for people; undefined: nothing
   * @throws PortalError, StoreError
   */
  run(portalId: string): Promise<string | undefined>;
}

/** How a set-up ended. */
export type SetUpOutcome = 'nothing-to-do' | 'done' | 'put-off';

/** A portal that is red is looked at again so often; an installation does not wait for that. */
const AGAIN_AFTER_MS = 15 * 60 * 1000;

/** Sets up a portal: every step, in order, each time. What a person has to mend is noted down in `portal.set_up_problem`. */
export class SetUpPortal {
  constructor(
    private readonly setUps: Pick<SetUpStore, 'wanted' | 'mark'>,
    private readonly portals: Pick<PortalStore, 'wakeCalls'>,
    private readonly steps: readonly SetUpStep[],
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Works off the newest wish for a set-up. Calls that failed while the portal was being installed are woken at the end.
   *
   * @throws PortalError or StoreError that passes soon: the queue tries again
   */
  async run(portalId: string): Promise<SetUpOutcome> {
    const wanted = await this.setUps.wanted(portalId);
    if (wanted === undefined) return 'nothing-to-do';
    const problems: string[] = [];
    for (const step of this.steps) {
      try {
        problems.push(...named(step, await step.run(portalId)));
      } catch (error) {
        if (!(error instanceof PortalError)) throw error;
        const until = this.#putOffUntil(error);
        if (until !== undefined) {
          await this.setUps.mark(portalId, { problem: `${step.name}: ${error.message}`, notBefore: until });
          return 'put-off';
        }
        if (error.verdict !== 'give-up') throw error;
        problems.push(...named(step, error.message));
      }
    }
    await this.setUps.mark(portalId, { done: wanted, problem: problems.join('\n') || undefined });
    await this.portals.wakeCalls(portalId);
    return 'done';
  }

  /** The queue has given up: notes down why, and when to begin anew. Throws StoreError. */
  async putOff(portalId: string, error: unknown): Promise<void> {
    const problem = error instanceof Error ? error.message : String(error);
    await this.setUps.mark(portalId, { problem, notBefore: this.now() + AGAIN_AFTER_MS });
  }

  /** Epoch ms; undefined: not put off. */
  #putOffUntil({ verdict, until }: PortalError): number | undefined {
    const later = this.now() + AGAIN_AFTER_MS;
    if (verdict === 'wait-until') return until ?? later;
    return verdict === 'ask-a-person' ? later : undefined;
  }
}

function named({ name }: SetUpStep, problem: string | undefined): string[] {
  return problem === undefined ? [] : [`${name}: ${problem}`];
}
