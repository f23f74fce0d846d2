/** Something awaited did not come; the message says what was expected and what came instead. */
export class WaitError extends Error {
  override readonly name = 'WaitError';

  constructor(
    /** What was awaited, as a sentence: "1001 rings". */
    readonly expected: string,
    /** Why the wait ended: "within 3 s" or the reason why it can no longer come. */
    readonly why: string,
    /** What happened meanwhile, one sentence each. */
    readonly came: readonly string[],
  ) {
    const instead = came.length === 0 ? 'nothing happened' : came.join('; ');
    super(`Expected: ${expected}. Did not come: ${why}. Meanwhile: ${instead}.`);
  }
}
