/** Something wrong in a file that a person wrote. Lines and columns count from 1. */
export interface Mistake {
  readonly line: number;
  readonly column: number;
  /** What is wrong and, if it can be told, what would be right. */
  readonly text: string;
}

/** A file cannot be understood. The message has one line per mistake, "file:line:column: what", as compilers write it. */
export class ScenarioFileError extends Error {
  override readonly name = 'ScenarioFileError';

  constructor(
    readonly file: string,
    readonly mistakes: readonly Mistake[],
  ) {
    super(mistakes.map(({ line, column, text }) => `${file}:${line}:${column}: ${text}`).join('\n'));
  }
}
