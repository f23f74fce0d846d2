/** What a command ends with; scripts rely on it. */
export const EXIT = {
  /** All is well, or done. */
  ok: 0,
  /** Something is red, or was not done. */
  failed: 1,
  /** It could not be tried: the command line or the settings cannot be used. */
  unusable: 2,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
