/** What a step says did not come true. Anything else that is thrown is a fault of the scenario or its surroundings. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';

  constructor(
    /** In words: what should have been true. */
    readonly expected: string,
    /** In words: what was. */
    readonly came: string,
  ) {
    super(`expected: ${expected}; came: ${came}`);
  }
}
