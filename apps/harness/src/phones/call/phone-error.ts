/** A phone could not do what it was asked for: the far end refused, did not answer in time, or the call is not so far. */
export class PhoneError extends Error {
  override readonly name = 'PhoneError';

  constructor(
    message: string,
    /** The far end's refusal. */
    readonly statusCode?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
