import { inspect } from 'node:util';
import { PortalError } from '../errors';

/** The PortalError that an attempt ends with; anything else is a failure of the test. For specs only. */
export async function failureOf(attempt: Promise<unknown>): Promise<PortalError> {
  const error: unknown = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PortalError)) throw new Error(`expected a PortalError, got ${inspect(error)}`);
  return error;
}
