/** The command line could not be understood; the message is a sentence for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
