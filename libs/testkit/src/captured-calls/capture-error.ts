export type CaptureProblem =
  'not-found' | 'unreadable' | 'empty' | 'not-gzip' | 'damaged-gzip' | 'not-json' | 'not-an-event';

/**
 * A capture that cannot be used. The message names the file, the line where there is one, and what is wrong with it,
 * so that a command can print it as it is and exit with its code for bad input.
 */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';

  constructor(
    readonly problem: CaptureProblem,
    readonly file: string,
    detail: string,
    readonly line?: number,
    options?: ErrorOptions,
  ) {
    super(`${line === undefined ? file : `${file}:${line}`}: ${detail}`, options);
  }
}
