import type { Company, FakePortal } from '@app/testkit';
import { DeadlineError, until } from '../processes/until';
import type { CallTable } from '../world/call-table';
import { expectedCalls, type Expected } from './expected-call';
import { heldCalls } from '../world/portal-holding';
import { callsOf, type Scene } from './scene';
import { judge, type Verdict } from './verdict';

/** Who is responsible for calls that concern nobody the portal knows: the first employee. */
export const DEFAULT_USER_ID = 1;
/** Numbers of the support team; all others belong to the main line. */
const SUPPORT_DIDS: readonly string[] = ['74951234570', '74951234576'];

/** What is to happen, and how it has to be filed. */
export class Rehearsal {
  readonly expected: readonly Expected[];

  constructor(
    readonly day: readonly Scene[],
    readonly company: Company,
    /** How many times faster than life. */
    readonly speed: number,
  ) {
    this.expected = day.flatMap((scene) => expectedCalls(scene, company, DEFAULT_USER_ID));
  }

  /** The company's own numbers in this day, and the external lines that stand for them. */
  get lines(): { did: string; lineNumber: string }[] {
    const dids = this.day.flatMap((scene) => callsOf(scene).map(({ did }) => did));
    return [...new Set(dids)]
      .filter((did) => did !== undefined)
      .map((did) => ({ did, lineNumber: SUPPORT_DIDS.includes(did) ? 'line-2' : 'line-1' }));
  }

  /** Holds the portal against what happened. */
  judge(portal: FakePortal): Verdict[] {
    const lines = new Map(this.lines.map(({ did, lineNumber }) => [did, lineNumber]));
    return judge(this.expected, heldCalls(portal), { lineOf: (did) => lines.get(did), speed: this.speed });
  }

  /**
   * Waits until everything is filed rightly and nobody has anything left to do. Gives up after `withinMs` without an
   * error: what is wrong then is for the verdicts to say.
   */
  async filed(
    portal: FakePortal,
    calls: CallTable,
    options: { readonly withinMs: number; readonly signal?: AbortSignal },
  ): Promise<void> {
    const isRight = (): boolean => this.judge(portal).every(({ problems }) => problems.length === 0);
    try {
      await until('all calls are filed', async () => isRight() && (await calls.isSettled()), options);
    } catch (error) {
      if (!(error instanceof DeadlineError)) throw error;
    }
  }
}
