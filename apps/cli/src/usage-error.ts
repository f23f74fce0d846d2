/** What was asked for is not understood; the message says what can be asked for. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
