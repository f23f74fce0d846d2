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

/**
 * One error for all that went wrong at once: the failures told together, in their order. A fault that is no failure goes
 * before them all.
 */
export function joinFailures(errors: readonly unknown[]): unknown {
  const failures = errors.filter((error) => error instanceof StepFailure);
  if (failures.length < errors.length) return errors.find((error) => !(error instanceof StepFailure));
  const tell = (what: 'expected' | 'came'): string => failures.map((failure) => failure[what]).join('; ');
  return failures.length === 1 ? failures[0] : new StepFailure(tell('expected'), tell('came'));
}
