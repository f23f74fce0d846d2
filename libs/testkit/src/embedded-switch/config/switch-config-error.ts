/** Where something stands: the file, relative to the configuration folder, and the line, from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

/** A configuration that FreeSWITCH would not take, or that this reader does not understand. */
export class SwitchConfigError extends Error {
  override readonly name = 'SwitchConfigError';
  readonly file: string;
  readonly line: number;

  constructor(message: string, { file, line }: Origin) {
    super(`${file}:${line}: ${message}`);
    this.file = file;
    this.line = line;
  }
}
