/**
 * The place where the recordings of a switch are kept is away as a whole, for example a network share that is not
 * mounted. It says nothing about a single recording, so nothing may be given up because of it.
 */
export class RecordingsUnavailable extends Error {
  override readonly name = 'RecordingsUnavailable';

  constructor(root: string, options: ErrorOptions) {
    super(`the recording root ${root} cannot be reached (${codeOf(options.cause)})`, options);
  }
}

/** The system's code of a file error, such as `ENOENT`; the error's own words if it has none. */
export function codeOf(error: unknown): string {
  // By shape: under Jest the file system's errors come from another realm.
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : String(error);
}
